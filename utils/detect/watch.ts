import type { Recipe } from '../contract/recipe.ts';
import { Changes, OBSERVED } from './changes.ts';
import { Marks } from './marks.ts';
import { compileReport } from './report.ts';
import { scan } from './scan.ts';
import type { PageReport } from './types.ts';

/** A page gives us this long at a time, in ms. */
const SLICE = 8;
/** At least this long between two readings, and five times what the last one took: a sixth of the page's time at most. */
const PAUSE = 30;
const PAUSE_MAX = 3000;

export interface WatchOptions {
  /** Asked anew for each report: some sites are known only once they have drawn themselves. */
  recipe: () => Recipe | undefined;
  /** The whole truth of this frame, whenever it differs from the last one. */
  report: (report: PageReport) => void;
  /** Told of each reading, also of one that finds the same as the last. */
  read?: (report: PageReport) => void;
  /** Ends the watch and lets go of the page. */
  signal: AbortSignal;
  /** Asked before each reading: whether somebody is there to be told. The signal of a watch in vain is aborted by it. */
  wanted?: () => boolean;
}

/**
 * Reads the page, then what changes in it. The first change after a quiet time is read at once, later ones are
 * gathered. Rests while the page is hidden. Touches nothing in the page.
 */
export function watch(
  doc: Document,
  { recipe, report, read: told, signal, wanted = () => true }: WatchOptions,
): void {
  const marks = new Marks();
  const changes = new Changes();
  const observer = new MutationObserver((records) => {
    changes.take(records);
    schedule();
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let job: Generator<undefined> | undefined;
  let busy = 0;
  let quietUntil = 0;
  let sent = '';
  let url = doc.URL;
  let fit: Recipe | undefined;

  function* read(roots: Element[]): Generator<undefined> {
    marks.prune(new Set(roots));
    for (const root of roots) yield* scan(root, marks);
  }

  function schedule(): void {
    if (timer !== undefined || signal.aborted || doc.visibilityState === 'hidden') return;
    timer = setTimeout(run, job ? 0 : Math.max(0, quietUntil - performance.now()));
  }

  function run(): void {
    timer = undefined;
    if (signal.aborted || !wanted()) return;
    const start = performance.now();
    job ??= read(changes.drain(doc));
    let done = false;
    while (!done && performance.now() - start < SLICE) done = job.next().done === true;
    busy += performance.now() - start;
    if (done) {
      job = undefined;
      publish(start);
    }
    if (!done || changes.any) schedule();
  }

  function publish(start: number): void {
    url = doc.URL;
    fit = recipe();
    const now = compileReport(doc, url, fit, marks);
    const text = JSON.stringify(now);
    if (text !== sent) {
      sent = text;
      report(now);
    }
    told?.(now);
    const end = performance.now();
    quietUntil = end + Math.min(PAUSE_MAX, Math.max(PAUSE, 5 * (busy + end - start)));
    busy = 0;
  }

  /** From the beginning: at the start, and after a rest. */
  function begin(): void {
    if (signal.aborted || doc.visibilityState === 'hidden' || !wanted()) return;
    observer.observe(doc, OBSERVED);
    marks.clear();
    sent = '';
    quietUntil = 0;
    job = read([doc.documentElement]);
    run();
  }

  function rest(): void {
    observer.disconnect();
    clearTimeout(timer);
    timer = undefined;
    job = undefined;
  }

  const look = () => {
    if (doc.URL !== url || changes.any) schedule();
  };
  /** What fades in or folds out changes without a mutation. */
  const appeared = () => {
    changes.any = true;
    schedule();
  };
  /** So does what is typed. */
  const typed = () => {
    if (fit?.draftTo) appeared();
  };
  const passive = { signal, passive: true, capture: true };
  doc.addEventListener(
    'visibilitychange',
    () => (doc.visibilityState === 'hidden' ? rest() : begin()),
    passive,
  );
  doc.addEventListener('transitionend', appeared, passive);
  doc.addEventListener('animationend', appeared, passive);
  doc.addEventListener('input', typed, passive);
  doc.addEventListener('change', typed, passive);
  const view = doc.defaultView;
  view?.addEventListener('popstate', look, passive);
  view?.addEventListener('hashchange', look, passive);
  view?.addEventListener('pageshow', (event) => event.persisted && begin(), passive);
  (view as { navigation?: EventTarget } | null)?.navigation?.addEventListener(
    'currententrychange',
    look,
    passive,
  );
  signal.addEventListener('abort', () => {
    rest();
    marks.clear();
  });
  begin();
}
