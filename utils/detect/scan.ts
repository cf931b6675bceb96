import { findAddresses } from './address.ts';
import { addMark, nameAround, scanCarriers } from './attributes.ts';
import { labelAtStart } from './labels.ts';
import type { Mark, Marks } from './marks.ts';
import { isProse, nameBefore } from './name.ts';
import { findObfuscated, spells } from './obfuscated.ts';
import { joinedText, textBefore } from './run.ts';

const NODES_MAX = 300_000;
const TEXT_MAX = 30_000_000;
/** A text longer than this is a script's or a data dump's. */
const NODE_TEXT_MAX = 100_000;
/** So many characters are searched for spelled-out addresses: who hides one does so on a small page. */
const SPELLED_MAX = 100_000;
/** A link that has been read stands for its text; the others are no text to read. */
const APART = 'a,script,style,noscript,template,textarea,select,option,title';

function readText(marks: Marks, node: Text): void {
  const parent = node.parentElement;
  if (!parent) return;
  const apart = parent.closest(APART);
  if (apart && (apart.tagName !== 'A' || marks.has(apart))) return;
  const plain = node.data.includes('@');
  const { text, from, to } = plain ? joinedText(node) : { text: node.data, from: 0, to: node.length };
  const found = plain ? findAddresses(text, from, to) : [];
  const why: Mark['why'] = found.length > 0 ? 'text' : 'obfuscated';
  for (const { address, start } of found.length > 0 ? found : findObfuscated(node.data)) {
    if (found.length === 0 && marks.byNode.get(node)?.some((mark) => mark.address === address)) continue;
    const before = text.slice(Math.max(0, start - 100), start);
    if (isProse(before) && labelAtStart(before) === undefined) {
      marks.add(node, { element: parent, address, key: `email:${address}`, why });
      continue;
    }
    const name =
      nameBefore(start < 100 ? textBefore(node) + before : before, address) ??
      (found.length < 2 ? nameAround(marks, parent, parent, address) : undefined);
    const mark: Mark = { element: parent, address, key: `email:${address}`, why, ...(name && { name }) };
    const label = start < 100 ? labelAtStart(text.slice(0, start)) : undefined;
    if (label) mark.label = label;
    addMark(marks, node, mark);
  }
}

/** A form whose fields go by the names of what is asked of it has nothing to say, and spoils nobody else's text. */
function readOrLeave(marks: Marks, node: Text): void {
  try {
    readText(marks, node);
  } catch {
    marks.delete(node);
  }
}

/** Texts seen before a pause. */
const STEP = 100;
/** Up to so many elements a page's text is asked for as a whole, which takes a few ms at once. */
const WHOLE_MAX = 25_000;

/** Whether there is anything to walk for. Links and attributes that carried an address answer that already. */
function isMarked(root: Element, marks: Marks): boolean {
  if (marks.count > 0 || root.getElementsByTagName('*').length > WHOLE_MAX) return true;
  const text = root.textContent ?? '';
  return text.includes('@') || spells(text.slice(0, SPELLED_MAX));
}

/**
 * Walks on by `STEP` texts; answers those that carry a mark, and how many characters were seen, -1 at the end.
 * A plain loop: the hot one.
 */
function walkOn(walker: TreeWalker, marked: Text[], spelled: boolean): number {
  let length = 0;
  for (let n = 0; n < STEP; n++) {
    const node = walker.nextNode() as Text | null;
    if (!node) return -1;
    const { data } = node;
    length += data.length;
    if ((data.includes('@') || (spelled && spells(data))) && data.length <= NODE_TEXT_MAX) marked.push(node);
  }
  return length;
}

/** False when a pause cost the walk its place: the node it stood on has left the page. */
function* scanOnce(root: Element, marks: Marks): Generator<undefined, boolean> {
  yield* scanCarriers(root, marks);
  if (!isMarked(root, marks)) return true;
  const walker = root.ownerDocument.createTreeWalker(root, 4 /* NodeFilter.SHOW_TEXT */);
  let total = 0;
  for (let steps = 0; steps < NODES_MAX / STEP && total < TEXT_MAX; steps++) {
    const marked: Text[] = [];
    const length = walkOn(walker, marked, total < SPELLED_MAX);
    for (const node of marked) readOrLeave(marks, node);
    if (length === -1) return true;
    total += length;
    yield;
    if (!walker.currentNode.isConnected) return false;
  }
  return true;
}

/**
 * Reads everything under `root` into `marks`. Yields often, so that the caller may pause; texts are tested for a
 * mark before anything else is asked of them.
 */
export function* scan(root: Element, marks: Marks): Generator<undefined> {
  for (let attempt = 0; attempt < 3; attempt++) {
    if (!root.isConnected || (yield* scanOnce(root, marks))) return;
    marks.prune(new Set([root]));
  }
  // The page will not stand still: read it in one go.
  for (const _ of scanOnce(root, marks));
}
