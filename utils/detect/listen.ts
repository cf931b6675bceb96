/** ms without scrolling before what is in view is read. */
const STILL = 150;

/** What a page does that no mutation tells of. */
export interface Occasions {
  /** It is seen, or no more. */
  shown: () => void;
  /** It comes back as it was. */
  back: () => void;
  /** Something has faded in or folded out. */
  appeared: () => void;
  /** Whether it matters what is in view: other people who come there, and stay, have appeared. */
  byScroll: () => boolean;
  typed: () => void;
  /** Its address may have changed. */
  moved: () => void;
}

/** Tells of what happens in a page until the signal, without a word to the page. */
export function listen(doc: Document, signal: AbortSignal, on: Occasions): void {
  const passive = { signal, passive: true, capture: true };
  doc.addEventListener('visibilitychange', on.shown, passive);
  for (const type of ['transitionend', 'animationend']) doc.addEventListener(type, on.appeared, passive);
  let still: ReturnType<typeof setTimeout> | undefined;
  const scrolled = () => {
    clearTimeout(still);
    if (on.byScroll()) still = setTimeout(on.appeared, STILL);
  };
  doc.addEventListener('scroll', scrolled, passive);
  signal.addEventListener('abort', () => clearTimeout(still), { once: true });
  for (const type of ['input', 'change']) doc.addEventListener(type, on.typed, passive);
  const view = doc.defaultView;
  for (const type of ['popstate', 'hashchange']) view?.addEventListener(type, on.moved, passive);
  view?.addEventListener('pageshow', (event) => event.persisted && on.back(), passive);
  const { navigation } = (view ?? {}) as { navigation?: EventTarget };
  navigation?.addEventListener('currententrychange', on.moved, passive);
}
