/** What the tests run in a page: detection as it is, with the recipe that fits the page. */
import { detect } from '../../utils/detect/engine.ts';
import { fitting } from '../../utils/detect/fitting.ts';
import { namesWhenIdle } from '../../utils/detect/idle-names.ts';
import { Pace } from '../../utils/detect/pace.ts';
import { seek } from '../../utils/detect/seek.ts';
import { recipesAt } from '../../utils/detect/sites/index.ts';
import type { PageReport } from '../../utils/detect/types.ts';
import { watch } from '../../utils/detect/watch.ts';

export { watch };

/** A frame without an address of its own has its page's recipe, as the background sees to. */
const host = () => location.hostname || new URL(location.ancestorOrigins[0] ?? 'about:').hostname;
const recipe = () => fitting(document, recipesAt(host()));

export function read(): PageReport {
  return detect(document, document.URL, recipe());
}

export const readNames = () => namesWhenIdle(document);

/** Seeks as the content script does; what it tells gathers in `told`. */
export function seekPage(): { told: boolean[]; stop: AbortController } {
  const told: boolean[] = [];
  const stop = new AbortController();
  const options = { pace: new Pace(), signal: stop.signal, wanted: () => true };
  seek(document, { told: (found) => told.push(found), ...options });
  return { told, stop };
}

/** Watches the page as the content script does; reports gather in `reports`. */
export function watchPage() {
  const reports: { at: number; report: PageReport }[] = [];
  const stop = new AbortController();
  const watching = { reports, stop, /** Recipes were asked for. */ asked: false };
  watch(document, {
    recipe,
    ready: async () => {
      watching.asked = true;
    },
    report: (report) => reports.push({ at: performance.now(), report }),
    quiet: window !== window.top,
    signal: stop.signal,
  });
  return watching;
}
