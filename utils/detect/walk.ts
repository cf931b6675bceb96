import { contains } from './marks.ts';
import { spells } from './obfuscated.ts';

const NODES_MAX = 300_000;
const TEXT_MAX = 30_000_000;
/** So many characters are searched for spelled-out addresses: who hides one does so on a small page. */
const SPELLED_MAX = 100_000;
/** Nodes seen before a pause; those of a vast page may be far apart in memory. */
const STEP = 200;
const STEP_VAST = 50;
/** Elements whose text is taken at once, to see whether there is anything in it: fewer where it is long. */
const CHUNK = 1000;
const LONG = 200_000;
/** Of them, so many are looked at beforehand. */
const SAMPLES = 8;
/** A text longer than this is a dump's, or a part of one: a page's source is cut into such. */
const WRITTEN = 65_000;
/** Up to so many elements, the browser may go through all of them at once for what is of interest. */
const VAST = 60_000;
/** And through their texts. */
const WHOLE = 30_000;
/** So many nodes in one place are no text that anybody wrote, and are looked for where there are so few elements. */
const CROWD = 5000;
const FEW = 30;
/** Places to go back to. */
const TRAIL_MAX = 256;

type Found = Generator<Text | Element | undefined>;

/** Whether there is more below an element than the browser should go through at once. Bounded itself. */
export function isVast(root: Element): boolean {
  // To count elements, the browser would go through a whole crowd.
  const walker = root.ownerDocument.createTreeWalker(root);
  const first: Node[] = [];
  for (let node: Node | null = root, n = 0; node && n < 10 * FEW && first.length < FEW; n++) {
    if (node.nodeType === 1) first.push(node);
    node = walker.nextNode();
  }
  if (first.length < FEW && first.some(({ childNodes }) => childNodes.item(CROWD))) return true;
  return root.getElementsByTagName('*').item(VAST) !== null;
}

/** Whether the elements of `all` from the nth on have so much text that their sum would take long, by a few of them. */
function areLong(all: HTMLCollectionOf<Element>, nth: number, most: number, limit = LONG): boolean {
  const count = all.item(nth + most) ? most : all.length - nth;
  let sum = 0;
  for (let n = 0; n < Math.min(SAMPLES, count); n++) {
    const text = all.item(nth + Math.floor((n * count) / SAMPLES))?.firstChild;
    if (text?.nodeType !== 3) continue;
    const { length } = text as Text;
    if (length > WRITTEN) return true;
    sum += length;
  }
  return (sum * count) / SAMPLES > limit;
}

let query: XPathExpression | undefined;

/** The texts under `root` with an `@`. The browser's own search touches none of the others, where a walk makes each an object. */
function withAt(root: Element): Text[] {
  query ??= new XPathEvaluator().createExpression('descendant::text()[contains(string(), "@")]');
  const found = query.evaluate(root, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE);
  return Array.from({ length: found.snapshotLength }, (_, nth) => found.snapshotItem(nth) as Text);
}

/**
 * The texts under `root` that may hold an address, some more than once; undefined for a pause. Where nothing is
 * marked, the browser's own sum of many texts tells so, at a quarter of what it takes to look at each.
 * @param carries of a vast page, the elements too that it answers true for
 */
export function* marked(root: Element, carries?: (element: Element) => boolean): Found {
  const doc = root.ownerDocument;
  // With CDATA, which a sum of texts has in it too.
  const walker = doc.createTreeWalker(root, carries ? 13 : 12);
  const trail: Node[] = [];
  const hits: (Text | Element)[] = [];
  const step = carries ? STEP_VAST : STEP;
  let nodes = 0;
  let read = 0;

  /** On by so many nodes; answers `end`, null at the end of all, else undefined. A plain loop: the hot one. */
  function stride(end: Node | null): Node | null | undefined {
    const most = read + LONG * 5;
    for (let n = 0; n < step && read < most; n++) {
      const node = walker.nextNode();
      if (node === end || !node) return node;
      if (carries && node.nodeType === 1) {
        if (carries(node as Element)) hits.push(node as Element);
      } else {
        const { data } = node as Text;
        read += data.length;
        if (data.includes('@') || (read < SPELLED_MAX && spells(data))) hits.push(node as Text);
      }
    }
    nodes += step;
    return nodes > NODES_MAX || read > TEXT_MAX ? null : undefined;
  }

  /** From where the walker stands to `end`. The page may take our place away in a pause: then on from the last one left. */
  function* walk(end: Node | null): Found {
    while (stride(end) === undefined) {
      yield* hits.splice(0);
      if (trail.push(walker.currentNode) > TRAIL_MAX) trail.shift();
      yield;
      while (trail.length > 0 && !contains(root, trail.at(-1) ?? null)) trail.pop();
      walker.currentNode = trail.at(-1) ?? root;
    }
    yield* hits.splice(0);
  }

  if (carries) {
    yield* walk(null);
    return;
  }
  const all = root.getElementsByTagName('*');
  // What is added to a page is mostly little.
  const small = root.parentElement !== null && !all.item(FEW);
  const huge = all.item(WHOLE) !== null || (!small && areLong(all, 0, WHOLE, 10 * LONG));
  let asked = false;
  const range = doc.createRange();
  range.setStart(root, 0);
  try {
    let from: Element | null = root;
    let chunk = CHUNK / 4;
    for (let n = 0; from && read < TEXT_MAX; ) {
      const long = !small && areLong(all, n, chunk);
      n += chunk;
      const to: Element | null = all.item(n);
      if (to) range.setEnd(to, 0);
      else range.setEnd(root, root.childNodes.length);
      const text = long ? '' : range.toString();
      const most = Math.floor((chunk * LONG) / (text.length + 1));
      chunk = Math.max(1, Math.min(CHUNK, asked ? chunk : chunk * 2, most));
      const begins: boolean = !asked && text.includes('@');
      if (long || (begins && huge) || (read < SPELLED_MAX && spells(text.slice(0, SPELLED_MAX - read)))) {
        walker.currentNode = to ?? root;
        const end = to && walker.nextNode();
        walker.currentNode = from;
        yield* walk(end);
      } else {
        read += text.length;
        if (begins) yield* withAt(root);
        asked ||= begins;
        // What is left is but to be searched for what is spelled out.
        if (asked && read > SPELLED_MAX) return;
        yield;
      }
      if (all.item(n) !== to) {
        // Not the page that was counted.
        walker.currentNode = root;
        yield* walk(null);
        return;
      }
      range.collapse();
      from = to;
    }
  } finally {
    // It would hold on to what leaves the page.
    range.setStart(doc, 0);
    range.collapse(true);
  }
}
