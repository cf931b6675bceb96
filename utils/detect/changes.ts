import { ATTRIBUTES } from './lead.ts';
import { insider, rootOf } from './marks.ts';
import { isInline } from './run.ts';

/** What detection reads; changes of `class`, `style` and the like only decide what is visible. */
const READ = [...ATTRIBUTES, 'href', 'data-cfemail', 'aria-label', 'content'];
const SHOWN = ['class', 'style', 'hidden', 'open', 'aria-expanded', 'contenteditable'];

const CONTENT = { subtree: true, childList: true, characterData: true, attributes: true };
/** What may bring somebody to a page without people. */
export const OBSERVED_BARE: MutationObserverInit = { ...CONTENT, attributeFilter: READ };
export const OBSERVED: MutationObserverInit = { ...CONTENT, attributeFilter: [...READ, ...SHOWN] };
/** Beyond this many changed places the whole page is read again. */
const ROOTS_MAX = 5000;
/** So many nodes that came at once are read with the place they came to. */
const ADDED_MAX = 2000;
/** So many changes between two readings, and no more are listened to. */
const RECORDS_MAX = 5000;
const SILENT = /^(?:STYLE|LINK|IMG|SVG|BR|VIDEO|AUDIO|CANVAS)$/i;

/** An address may be spread over a line, so the block around a changed text is read. */
function blockAround(node: Node): Element | null {
  let at = node.nodeType === 1 ? (node as Element) : node.parentElement;
  for (let n = 0; at && n < 6 && isInline(at) && at.parentElement; n++) at = at.parentElement;
  return at;
}

/** Collects the smallest elements that mutations make worth reading again. */
export class Changes {
  private readonly roots = new Set<Element>();
  private records = 0;
  private whole = false;
  /** Something changed, if only what is visible. */
  any = false;

  /** False when the page changes so much that it need not be listened to before it is read again. */
  take(records: readonly MutationRecord[]): boolean {
    if (records.length > 0) this.any = true;
    this.records += records.length;
    if (this.records > RECORDS_MAX) this.everything();
    for (let n = 0; n < records.length && !this.whole; n++) {
      const record = records[n];
      if (record) this.note(record);
    }
    return this.records <= RECORDS_MAX;
  }

  private note(record: MutationRecord): void {
    // What is asked of a record is made an object, to be collected: of many records, no more than is needed.
    const { type } = record;
    if (type === 'attributes') {
      if (READ.includes(record.attributeName ?? '')) this.add(record.target);
      return;
    }
    const { target } = record;
    if (type === 'characterData') {
      this.add(blockAround(target));
      return;
    }
    const { addedNodes } = record;
    if (addedNodes.length > ADDED_MAX) {
      this.add(target.nodeType === 1 ? target : target.firstChild);
      return;
    }
    for (const node of addedNodes) {
      const block = node.nodeType === 1 && !isInline(node as Element);
      if (block && SILENT.test(node.nodeName)) continue;
      if (node.nodeType <= 3) this.add(block ? node : blockAround(target));
    }
  }

  private add(node: Node | null): void {
    if (node?.nodeType !== 1) return;
    this.roots.add(node as Element);
    if (this.roots.size > ROOTS_MAX) this.everything();
  }

  /** Nothing more is listened to: the whole page is to be read again. */
  everything(): void {
    this.whole = true;
    this.roots.clear();
  }

  /** Hands over the changed places, none within another, and starts afresh. */
  drain(doc: Document): Element[] {
    const { whole } = this;
    const inside = insider(this.roots);
    const roots = [...this.roots].filter((root) => root.isConnected && !inside(root.parentNode));
    this.clear();
    const page = whole && rootOf(doc);
    return page ? [page] : roots;
  }

  /** Forgets all, and lets go of what has left the page. */
  clear(): void {
    this.roots.clear();
    this.records = 0;
    this.whole = false;
    this.any = false;
  }
}
