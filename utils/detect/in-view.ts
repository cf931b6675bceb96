import type { Recipe } from '../contract/recipe.ts';
import type { Marks } from './marks.ts';
import { memberLinks } from './members.ts';
import { select } from './select.ts';

/** Whether an element is within the window, as it is scrolled now. */
export type InView = (element: Element) => boolean;

/** So many places are asked for, those that the recipe points to first. */
const PLACES_MAX = 10_000;
/** Of them, between two pauses. */
const STEP = 100;
/** A page that is not drawn shows nobody. In ms. */
const PATIENCE = 1000;

/** For a page that is read once: each place is measured when it is asked for. */
export function measured({ defaultView: view }: Document): InView {
  const known = new Map<Element, boolean>();
  return (element) => {
    let inside = known.get(element);
    if (inside === undefined) {
      if (!view || known.size >= PLACES_MAX) return false;
      const { top, right, bottom, left } = element.getBoundingClientRect();
      inside = bottom > 0 && right > 0 && top < view.innerHeight && left < view.innerWidth;
      known.set(element, inside);
    }
    return inside;
  };
}

/** Undefined for a pause: what the page is asked for is asked for one by one. */
function* placesOn(doc: Document, recipe: Recipe, marks: Marks): Generator<Element | undefined> {
  const { author = [], listed = [] } = recipe;
  let found = 0;
  for (const { selector } of [...author, ...listed]) {
    // Not a live list, and none of its elements is made an object before it is its turn.
    const there = select(doc, selector);
    found += there.length;
    yield;
    for (let n = 0; n < there.length && n < PLACES_MAX; n++) yield there[n];
    yield;
  }
  // What `readMembers` asks about.
  if (found === 0) for (const link of memberLinks(doc, doc.URL, recipe)) yield link?.element;
  for (const list of marks.byNode.values())
    for (const { machine, element } of list) if (!machine) yield element;
}

/**
 * Who is in view on a page that is watched: asked of the browser, which tells it with its next frame and lays nothing
 * out for it, however long the page has become. What is cut off by a pane that scrolls by itself is out of view too.
 */
export function* lookAround(
  doc: Document,
  recipe: Recipe,
  marks: Marks,
): Generator<undefined | Promise<void>, InView> {
  const inside = new Set<Element>();
  const waiting = new Set<Element>();
  let resolve = () => {};
  const told = new Promise<void>((done) => {
    resolve = done;
  });
  const observer = new IntersectionObserver((records) => {
    for (const { target, isIntersecting } of records) {
      waiting.delete(target);
      if (isIntersecting) inside.add(target);
    }
    // What the page has taken away meanwhile is not told of.
    if (![...waiting].some((one) => one.isConnected)) resolve();
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    let n = 0;
    for (const place of placesOn(doc, recipe, marks)) {
      if (waiting.size >= PLACES_MAX) break;
      if (place) waiting.add(place);
      if (!place || ++n % STEP === 0) yield;
    }
    for (const place of [...waiting]) {
      if (place.isConnected) observer.observe(place);
      else waiting.delete(place);
      if (++n % STEP === 0) yield;
    }
    if (waiting.size > 0) {
      timer = setTimeout(resolve, PATIENCE);
      yield told;
    }
  } finally {
    clearTimeout(timer);
    observer.disconnect();
  }
  return (element) => inside.has(element);
}
