import { namesOn } from './names.ts';
import type { Named } from './types.ts';

/** Names can wait, in ms: until the page has settled, and between two readings of one that never does. */
const PAUSE = 1000;
/** A page gives us this long at a time, in ms, and only while it has nothing to do. */
const SLICE = 8;

/**
 * Reads names in the page's text (see `namesOn`) while the page is idle.
 * @param tell is told whenever they differ from the last ones
 * @returns to be called with the addresses on the page whenever that may have changed
 */
export function namesWhenIdle(
  doc: Document,
  signal: AbortSignal,
  tell: (names: Named[]) => void,
): (addresses: Iterable<string>) => void {
  let latest: Iterable<string> = [];
  let waiting = false;
  let told = '[]';

  function begin(): void {
    waiting = false;
    const shows = (element: Element) =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const job = namesOn(doc, latest, shows);
    const go = () => {
      // Changed meanwhile, and so to be read from the beginning.
      if (signal.aborted || waiting || doc.visibilityState === 'hidden') return;
      const end = performance.now() + SLICE;
      let step = job.next();
      while (!step.done && performance.now() < end) step = job.next();
      if (!step.done) {
        requestIdleCallback(go);
        return;
      }
      const text = JSON.stringify(step.value);
      if (text !== told) {
        told = text;
        tell(step.value);
      }
    };
    requestIdleCallback(go);
  }

  return (addresses) => {
    latest = addresses;
    if (waiting || signal.aborted) return;
    waiting = true;
    setTimeout(begin, PAUSE);
  };
}
