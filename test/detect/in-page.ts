/** What the tests run in a page: detection as it is, with the recipe that fits the page. */
import { detect } from '../../utils/detect/engine.ts';
import { fitting } from '../../utils/detect/fitting.ts';
import { namesOn } from '../../utils/detect/names.ts';
import { recipesAt } from '../../utils/detect/sites/index.ts';
import type { Named, PageReport } from '../../utils/detect/types.ts';
import { watch } from '../../utils/detect/watch.ts';

export { watch };

const recipe = () => fitting(document, recipesAt(location.hostname));

export function read(): PageReport {
  return detect(document, document.URL, recipe());
}

/** Names in the page's text, as they are looked for when idle. */
export function readNames(): Named[] {
  const addresses = read().sightings.flatMap(({ address }) => address ?? []);
  const names = namesOn(document, addresses, (element) => element.checkVisibility());
  for (;;) {
    const step = names.next();
    if (step.done) return step.value;
  }
}

/** Watches the page as the content script does; reports gather in `reports`. */
export function watchPage(): { reports: { at: number; report: PageReport }[]; stop: AbortController } {
  const reports: { at: number; report: PageReport }[] = [];
  const stop = new AbortController();
  watch(document, {
    recipe,
    report: (report) => reports.push({ at: performance.now(), report }),
    signal: stop.signal,
  });
  return { reports, stop };
}
