/** Nothing deeper is read. */
const DEEP = 4000;
/** Nothing that anybody wrote stands deeper: a page's source ends at 512 levels, and only its scripts go on. */
const WRITTEN = 600;
/** Elements that are looked at, by their place in the page. */
const SAMPLES = [250, 500, 1000, 2000, 4000, 8000, 16_000, 24_000, 32_000, 40_000, 48_000, 56_000];

let parentOf: ((this: Node) => Node | null) | undefined;

/** A form's own `parentNode` may be a field of it. */
function above(node: Node): Node | null {
  parentOf ??= Object.getOwnPropertyDescriptor(Node.prototype, 'parentNode')?.get;
  return parentOf?.call(node) ?? null;
}

/** Whether a node stands deeper than so many levels. */
export function isBelow(node: Node, levels = DEEP): boolean {
  let at: Node | null = node;
  for (let n = 0; at && n <= levels; n++) at = above(at);
  return at !== null;
}

/** Whether something within `root` may stand as deep, as far as a few samples tell. */
export function isDeep(root: Element, levels = WRITTEN): boolean {
  const all = root.getElementsByTagName('*');
  for (const place of SAMPLES) {
    const element = all.item(place);
    if (!element) break;
    if (isBelow(element, levels)) return true;
  }
  return isBelow(root, levels);
}
