import { findAddresses } from './address.ts';
import { addMark, readElement, whoIsAround } from './attributes.ts';
import { hasCards } from './card.ts';
import { carriers, carries } from './carriers.ts';
import { isBelow, isDeep } from './depth.ts';
import { isNames, labelAtStart, labelBefore } from './labels.ts';
import type { Mark, Marks } from './marks.ts';
import { isProse, nameBefore } from './name.ts';
import { nameIn } from './nearby.ts';
import { backwards, findObfuscated, spells } from './obfuscated.ts';
import { joinedText, lineAround, textBefore } from './run.ts';
import { isVast, marked } from './walk.ts';
import { warmUp } from './warm.ts';

/** A text longer than this is a script's or a data dump's. */
const NODE_TEXT_MAX = 100_000;
/** So much of one is searched at a time. */
const PIECE = 1000;
/** So many are read between two pauses; of the first ones, which the browser is slow at, one. */
const STEP = 8;
const COLD = 40;
/** A link that has been read stands for its text; the others are no text to read. */
const APART = 'a,script,style,noscript,template,textarea,select,option,title';

/** A text as it is to be read. */
interface Line {
  parent: Element;
  /** With an `@`. */
  plain: boolean;
  turned: boolean;
  text: string;
  from: number;
  to: number;
}

function lineOf(marks: Marks, node: Text): Line | undefined {
  const parent = node.parentElement;
  const apart = parent?.closest(APART);
  if (!parent || (apart && (apart.tagName !== 'A' || marks.has(apart)))) return undefined;
  const { data } = node;
  const plain = data.includes('@');
  const back = plain ? backwards(data, parent) : undefined;
  if (plain && back === undefined) {
    const { text, from, to } = joinedText(node);
    return { parent, plain, turned: false, text, from, to };
  }
  const text = back ?? lineAround(node);
  return { parent, plain, turned: back !== undefined, text, from: 0, to: Number.POSITIVE_INFINITY };
}

/** Reads the nth piece of a text; true when there is another one. */
function readText(marks: Marks, node: Text, line: Line, nth: number): boolean {
  const { parent, plain, turned, text, from, to } = line;
  const begin = from + nth * PIECE;
  const stop = Math.min(to, begin + PIECE);
  const found = plain ? findAddresses(text, begin, stop) : [];
  const more = plain && stop < Math.min(to, text.length);
  const spelled = found.length === 0 && !more && !marks.has(node) && (!plain || spells(text));
  const why: Mark['why'] = found.length > 0 && !turned ? 'text' : 'obfuscated';
  let behind = 0;
  for (const { address, start, end } of spelled ? findObfuscated(text) : found) {
    if (spelled && marks.byNode.get(node)?.some((mark) => mark.address === address)) continue;
    const before = text.slice(Math.max(behind, start - 100), start);
    behind = end;
    if (isProse(before) && labelAtStart(before) === undefined) {
      marks.add(node, { element: parent, address, key: `email:${address}`, why });
      continue;
    }
    const name =
      nameBefore(start < 100 ? textBefore(node) + before : before, address) ?? nameIn(before, address);
    const who = found.length < 4 ? whoIsAround(marks, node, parent, address) : {};
    const mark: Mark = { element: parent, address, key: `email:${address}`, why, ...who };
    if (name) mark.name = name;
    const lead = text.slice(Math.max(start - 100, 0), start);
    // Further down, only a line's own beginning is one.
    const label = labelBefore(lead, start > 100);
    if (label) mark.label = label;
    addMark(marks, node, mark);
    if (!label && mark.label && mark.label !== 'recipient' && !isNames(before)) delete mark.label;
  }
  return more;
}

/**
 * Reads an element, or a piece of a text; answers the text when there is another one. A form whose fields go by the
 * names of what is asked of it has nothing to say, and spoils nobody else's text.
 */
function readOrLeave(marks: Marks, node: Text | Element, line?: Line, nth = 0): Line | undefined {
  try {
    if (node.nodeType === 1) {
      readElement(marks, node as Element);
    } else if ((node as Text).length <= NODE_TEXT_MAX) {
      const whole = line ?? lineOf(marks, node as Text);
      if (whole && readText(marks, node as Text, whole, nth)) return whole;
    }
  } catch {
    marks.delete(node);
  }
  return undefined;
}

/** Most of what is marked is a link's text, and the link has been read. */
function isRead(marks: Marks, node: Text | Element): boolean {
  if (marks.has(node) || marks.passed.has(node)) return true;
  // Each node asked for is made an object first: most elements' parents need not be.
  const parent = node.nodeType === 3 ? node.parentNode : null;
  return parent?.nodeName === 'A' && marks.has(parent);
}

/**
 * Reads everything under `root` into `marks`. Yields often, so that the caller may pause; texts are tested for a
 * mark before anything else is asked of them.
 */
export function* scan(root: Element, marks: Marks): Generator<undefined> {
  const vast = isVast(root);
  yield;
  const deep = vast || isDeep(root);
  yield;
  const found = vast ? [marked(root, carries)] : [carriers(root), marked(root)];
  let n = 0;
  for (const list of found) {
    for (const node of list) {
      if (marks.full) return;
      if (node && !isRead(marks, node) && !(deep && isBelow(node))) {
        if (n === 0) {
          yield* warmUp();
          marks.cards = !vast && hasCards(root.ownerDocument);
          yield;
        }
        let line = readOrLeave(marks, node);
        for (let nth = 1; line && !marks.full; nth++) {
          yield;
          line = readOrLeave(marks, node, line, nth);
        }
        if (++n % STEP !== 0 && n > COLD && !deep) continue;
      }
      yield;
    }
  }
}
