import type { Dated } from '../contract/recipe.ts';

/** Elements looked at for one entry of a recipe, and taken of them. */
const LOOKED_MAX = 5000;
const TAKEN_MAX = 500;
/** Of them, between two pauses. */
const STEP = 20;
/** One that takes the browser longer than this, in ms, a second time is left out from then on: served ones may be anything. */
const SLOW = 50;
const TRIES = 2;

const readable = new Map<string, boolean>();
const slow = new Map<string, number>();

/** Whether this browser can read a selector: served recipes may be newer. */
export function isSelector(selector: string): boolean {
  let known = readable.get(selector);
  if (known === undefined) {
    try {
      new DocumentFragment().querySelector(selector);
      known = true;
    } catch {
      known = false;
    }
    readable.set(selector, known);
  }
  return known;
}

/** What a selector of a recipe matches; nothing, when it cannot be read or takes too long. */
export function select(root: ParentNode, selector: string): Iterable<Element> & ArrayLike<Element> {
  const strikes = slow.get(selector) ?? 0;
  if (strikes >= TRIES || !isSelector(selector)) return [];
  const start = performance.now();
  const found = root.querySelectorAll(selector);
  if (performance.now() - start > SLOW) slow.set(selector, strikes + 1);
  return found;
}

/** Whether a selector has been left out, so that what it points to was not looked for. */
export const leftOut = (): boolean => [...slow.values()].some((strikes) => strikes >= TRIES);

export interface Match<T extends Dated> {
  elements: Element[];
  entry: T;
}

/**
 * What the first selector matches that matches anything that is `wanted`, the first 500, or the `last` so many, in
 * the page's order. Yields often.
 */
export function* firstMatch<T extends Dated>(
  root: ParentNode,
  list: readonly T[] = [],
  wanted: (element: Element) => boolean = () => true,
  last = false,
): Generator<undefined, Match<T> | undefined> {
  for (const entry of list) {
    const all = select(root, entry.selector);
    const elements: Element[] = [];
    const count = Math.min(all.length, LOOKED_MAX);
    for (let n = 0; n < count && elements.length < TAKEN_MAX; n++) {
      if (n % STEP === STEP - 1) yield;
      const element = all[last ? all.length - 1 - n : n];
      if (element && wanted(element)) elements.push(element);
    }
    yield;
    if (elements.length > 0) return { elements: last ? elements.reverse() : elements, entry };
  }
  return undefined;
}
