import { within } from './marks.ts';
import { isInline } from './run.ts';

/** What detection reads; changes of `class`, `style` and the like only decide what is visible. */
const READ = [
  'href',
  'title',
  'email',
  'data-email',
  'data-hovercard-id',
  'data-cfemail',
  'aria-label',
  'content',
];
const SHOWN = ['class', 'style', 'hidden', 'open', 'aria-expanded', 'contenteditable'];

export const OBSERVED: MutationObserverInit = {
  subtree: true,
  childList: true,
  characterData: true,
  attributes: true,
  attributeFilter: [...READ, ...SHOWN],
};

/** Beyond this many changed places the whole page is read again. */
const ROOTS_MAX = 2000;
const SILENT = /^(?:STYLE|LINK|IMG|SVG|BR|VIDEO|AUDIO|CANVAS)$/i;

/** An address may be spread over a line, so the block around a changed text is read. */
function blockAround(node: Node): Element | null {
  let at = node.nodeType === 1 ? (node as Element) : node.parentElement;
  for (let n = 0; at && n < 6 && isInline(at) && at.parentElement; n++) at = at.parentElement;
  return at;
}

/** Collects the smallest elements that mutations make worth reading again. */
export class Changes {
  private roots = new Set<Element>();
  /** Something changed, if only what is visible. */
  any = false;

  take(records: readonly MutationRecord[]): void {
    if (records.length > 0) this.any = true;
    for (const record of records) {
      if (record.type === 'attributes') {
        if (READ.includes(record.attributeName ?? '')) this.add(record.target);
      } else if (record.type === 'characterData') {
        this.add(blockAround(record.target));
      } else {
        for (const node of record.addedNodes) {
          const block = node.nodeType === 1 && !isInline(node as Element);
          if (block && SILENT.test(node.nodeName)) continue;
          if (node.nodeType <= 3) this.add(block ? node : blockAround(record.target));
        }
      }
    }
  }

  private add(node: Node | null): void {
    if (node?.nodeType === 1) this.roots.add(node as Element);
  }

  /** Hands over the changed places, none within another, and starts afresh. */
  drain(doc: Document): Element[] {
    const { roots } = this;
    this.roots = new Set();
    this.any = false;
    if (roots.size > ROOTS_MAX) return [doc.documentElement];
    return [...roots].filter((root) => root.isConnected && !within(root.parentNode, roots));
  }
}
