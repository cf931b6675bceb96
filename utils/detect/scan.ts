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
  if (node.length > NODE_TEXT_MAX) return;
  try {
    readText(marks, node);
  } catch {
    marks.delete(node);
  }
}

/** Texts seen before a pause. */
const STEP = 100;
/** Up to so many elements the browser itself looks for what carries a mark, which takes a few ms at once. */
const WHOLE_MAX = 25_000;

/** The texts under `root` that have an `@`, in order: without those between being handed to us, which costs most. */
function* textsWithAt(root: Element): Generator<Text> {
  const found = new XPathEvaluator()
    .createExpression('descendant::text()[contains(., "@")]')
    .evaluate(root, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE);
  for (let n = 0; n < found.snapshotLength; n++) yield found.snapshotItem(n) as Text;
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
    if (data.includes('@') || (spelled && spells(data))) marked.push(node);
  }
  return length;
}

/** False when a pause cost the walk its place: the node it stood on has left the page. */
function* scanOnce(root: Element, marks: Marks): Generator<undefined, boolean> {
  yield* scanCarriers(root, marks);
  // Hidden spellings are found by walking only; on a large page, so is everything, since a walk can pause.
  const isLarge = root.getElementsByTagName('*').length > WHOLE_MAX;
  const walkMax = isLarge ? TEXT_MAX : SPELLED_MAX;
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const read = new Set<Text>();
  let total = 0;
  for (let steps = 0; steps < NODES_MAX / STEP && total < walkMax; steps++) {
    const marked: Text[] = [];
    const length = walkOn(walker, marked, total < SPELLED_MAX);
    for (const node of marked) readOrLeave(marks, node);
    if (length === -1) return true;
    if (!isLarge) for (const node of marked) read.add(node);
    total += length;
    yield;
    if (!walker.currentNode.isConnected) return false;
  }
  if (isLarge) return true;
  for (const node of textsWithAt(root)) {
    if (read.has(node) || !node.isConnected) continue;
    readOrLeave(marks, node);
    read.add(node);
    if (read.size % STEP === 0) yield;
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
