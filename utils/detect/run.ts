import { withoutUnseen } from './address.ts';

const INLINE = new Set(
  'A,ABBR,B,BDI,BDO,CITE,CODE,DFN,EM,FONT,I,INS,KBD,LABEL,MARK,NOBR,Q,S,SAMP,SMALL,SPAN,STRONG,SUB,SUP,TIME,TT,U,VAR,WBR'.split(
    ',',
  ),
);
/** Elements that never separate letters; other inline elements may be laid out apart (`<span>Email</span><span>ann@…`). */
const GLUE = new Set(['WBR', 'MARK']);
const PIECES = 6;

export function isInline(element: Element): boolean {
  return INLINE.has(element.tagName);
}

/** The text before (or after) a node in the same line of the markup; `glued` when nothing can stand between. */
function neighbour(from: Node, back: boolean): { text: Text; glued: boolean } | undefined {
  let node: Node = from;
  let glued = true;
  for (let steps = 0; steps < 40; steps++) {
    let next: Node | null = back ? node.previousSibling : node.nextSibling;
    if (!next) {
      const parent: Element | null = node.parentElement;
      if (!parent || !isInline(parent)) return undefined;
      if (!GLUE.has(parent.tagName)) glued = false;
      node = parent;
      continue;
    }
    while (next.nodeType === 1) {
      const element = next as Element;
      if (!isInline(element)) return undefined;
      // Letters that nobody sees were put there for robots.
      if (element.hasAttributes() && !element.checkVisibility()) break;
      if (!GLUE.has(element.tagName)) glued = false;
      const child = back ? element.lastChild : element.firstChild;
      if (!child) break;
      next = child;
    }
    if (next.nodeType === 3 && (next as Text).data !== '') return { text: next as Text, glued };
    node = next;
  }
  return undefined;
}

function textBeside(node: Node, back: boolean): string {
  let text = '';
  let at: Node = node;
  for (let n = 0; n < PIECES && text.length < 100; n++) {
    const one = neighbour(at, back);
    if (!one) break;
    at = one.text;
    text = back ? one.text.data.slice(-100) + text : text + one.text.data.slice(0, 100);
  }
  return text;
}

/** What stands before a node in its line, at most about 100 characters: for a name or a label. */
export const textBefore = (node: Node): string => textBeside(node, true);

/** The line a text stands in, as far as 100 characters to either side. */
export const lineAround = (node: Text): string => textBefore(node) + node.data + textBeside(node, false);

/** Whether a domain is incomplete and the text ahead could finish it: `ann@acme` + `.example`. */
function goesOn(text: string, ahead: string): boolean {
  const domain = text.slice(text.lastIndexOf('@') + 1);
  return (!domain.includes('.') || /[.-]$/.test(domain)) && /^[\p{L}\p{N}.-]/u.test(ahead);
}

/**
 * A text node's text with what belongs to the same word around it. Texts with only a `wbr`, `mark` or comment
 * between are one; over other inline tags they are joined only if an address is incomplete without.
 * `from` and `to`: where the node's own text stands.
 */
export function joinedText(node: Text): { text: string; from: number; to: number } {
  const own = withoutUnseen(node.data);
  let text = own;
  let from = 0;
  const first = own.indexOf('@');
  if (first <= 65 && /^[\p{L}\p{N}\p{M}._+'-]*$/u.test(own.slice(0, first))) {
    let at: Node = node;
    for (let n = 0; n < PIECES; n++) {
      const before = neighbour(at, true);
      if (!before) break;
      const incomplete = /^[@.]/.test(text) || /^[_+-]/.test(text);
      if (!before.glued && !incomplete) break;
      const piece = withoutUnseen(before.text.data.slice(-80));
      if (/\s$/.test(piece)) break;
      text = piece + text;
      from += piece.length;
      at = before.text;
      if (/[^\p{L}\p{N}\p{M}._+'-]/u.test(piece)) break;
    }
  }
  const to = from + own.length;
  const tail = own.slice(own.lastIndexOf('@') + 1);
  if (tail.length < 255 && !tail.includes(' ') && /^[\p{L}\p{N}.-]*$/u.test(tail)) {
    let at: Node = node;
    for (let n = 0; n < PIECES; n++) {
      const after = neighbour(at, false);
      if (!after) break;
      const piece = withoutUnseen(after.text.data.slice(0, 255));
      if (!(after.glued && /^[\p{L}\p{N}.-]/u.test(piece)) && !goesOn(text, piece)) break;
      text += piece;
      at = after.text;
      if (/[^\p{L}\p{N}.-]/u.test(piece)) break;
    }
  }
  return { text, from, to };
}
