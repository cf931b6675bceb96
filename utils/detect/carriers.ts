import { ATTRIBUTES } from './lead.ts';

/** By attribute or markup, one by one: what a page has never had costs next to nothing when asked for alone. */
const KINDS = [
  'a',
  '.__cf_email__',
  '[title*="@"]',
  ...ATTRIBUTES.filter((one) => one !== 'title').map((one) => `[${one}]`),
  'meta',
  'script',
];
/** What costs much unless the page has it at all. */
const ONLY_IF = new Map([['[title*="@"]', '[title]']]);
/** So many are copied at once. */
const TAGGED_MAX = 2000;
const ANY = KINDS.join();
/** Among so few, each is asked. */
const FEW = 20;

/** Whether an element may carry an address otherwise than in its text. */
export function carries(element: Element): boolean {
  return element.hasAttributes() && element.matches(ANY);
}

/** All elements within `root`, itself included, that may; undefined for a pause. */
export function* carriers(root: Element): Generator<Element | undefined> {
  if (carries(root)) yield root;
  const all = root.getElementsByTagName('*');
  if (root.parentNode !== root.ownerDocument && !all.item(FEW)) {
    for (const element of [...all]) if (carries(element)) yield element;
    return;
  }
  for (const kind of KINDS) {
    const first = ONLY_IF.get(kind);
    if (first && !root.querySelector(first)) continue;
    // Not a live list: the page may change while this pauses. By tag, the browser remembers what it has found.
    const tagged = /^\w+$/.test(kind) ? root.getElementsByTagName(kind) : undefined;
    yield* tagged && !tagged.item(TAGGED_MAX) ? [...tagged] : root.querySelectorAll(kind);
    yield;
  }
}
