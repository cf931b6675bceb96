/** What the tests run in a page: detection as it is, with the recipe that fits the page. */
import { detect } from '../../utils/detect/engine.ts';
import { fitting, fittingInSteps } from '../../utils/detect/fitting.ts';
import { shareOf } from '../../utils/detect/frames.ts';
import { namesWhenIdle } from '../../utils/detect/idle-names.ts';
import { Marks } from '../../utils/detect/marks.ts';
import { networkAt } from '../../utils/detect/networks.ts';
import { Pace } from '../../utils/detect/pace.ts';
import { compileReport } from '../../utils/detect/report.ts';
import { scan } from '../../utils/detect/scan.ts';
import { seek } from '../../utils/detect/seek.ts';
import { recipesAt } from '../../utils/detect/sites/index.ts';
import type { PageReport } from '../../utils/detect/types.ts';
import { watch } from '../../utils/detect/watch.ts';

export { watch };

/** A frame without an address of its own has its page's recipe, as the background sees to. */
const host = () => location.hostname || new URL(location.ancestorOrigins[0] ?? 'about:').hostname;
const candidates = () => [networkAt(host()) ?? recipesAt(host())].flat();

export function read(): PageReport {
  return detect(document, document.URL, fitting(document, candidates()));
}

export const readNames = () => namesWhenIdle(document);

/** The report's steps, and how many times one of them at most asks the page for what a selector matches. */
export function countSteps(): { count: number; most: number; found: string } {
  const marks = new Marks();
  for (const _ of scan(document.documentElement, marks));
  const asked = [Document.prototype, Element.prototype] as const;
  const plain = asked.map((one) => one.querySelectorAll);
  const now = { count: 0, most: 0, asked: 0 };
  for (const [n, one] of asked.entries()) {
    one.querySelectorAll = function (this: Element, selector: string) {
      now.asked++;
      return plain[n]?.call(this, selector);
    } as typeof one.querySelectorAll;
  }
  const job = compileReport(document, document.URL, fitting(document, candidates()), marks);
  let step = job.next();
  for (; !step.done; step = job.next()) {
    now.count++;
    now.most = Math.max(now.most, now.asked);
    now.asked = 0;
  }
  return { count: now.count, most: now.most, found: step.value.recipe };
}

/** Seeks as the content script does; what it tells gathers in `told`. */
export function seekPage(): { told: boolean[]; stop: AbortController } {
  const told: boolean[] = [];
  const stop = new AbortController();
  const options = { pace: new Pace(shareOf(window)), signal: stop.signal, wanted: () => true };
  seek(document, { told: (found) => told.push(found), ...options });
  return { told, stop };
}

/** Watches the page as the content script does; reports gather in `reports`. */
export function watchPage() {
  const reports: { at: number; report: PageReport }[] = [];
  const stop = new AbortController();
  const watching = { reports, stop, /** Recipes were asked for. */ asked: false };
  watch(document, {
    recipe: () => fittingInSteps(document, candidates()),
    ready: async () => {
      watching.asked = true;
    },
    report: (report) => reports.push({ at: performance.now(), report }),
    quiet: window !== window.top,
    pace: new Pace(shareOf(window)),
    signal: stop.signal,
  });
  return watching;
}
