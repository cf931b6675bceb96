import type { Recipe } from '../contract/recipe.ts';
import { afterFrame } from './after-frame.ts';
import { Changes, OBSERVED, OBSERVED_BARE } from './changes.ts';
import { Marks, rootOf } from './marks.ts';
import { Pace } from './pace.ts';
import { compileReport, sightOf } from './report.ts';
import { scan } from './scan.ts';
import type { PageReport } from './types.ts';

/** A page gives us this long at a time, in ms. */
const SLICE = 8;
/** At least this long between two readings, in ms. */
const PAUSE = 30;
/** Reports for each ms, and at once; one of many people counts for more. */
const TOLD = 0.005;
const TOLD_MAX = 60;
const TOLD_EACH = 1 / 250;

/** How a reading goes on once it has to pause: as soon as there is time, after the page was drawn, when that is known. */
type Pause = undefined | 'drawn' | Promise<unknown>;

/** ms without scrolling before what is in view is read. */
const STILL = 150;

export interface WatchOptions {
  /** Asked anew for each report: some sites are known only once they have drawn themselves. */
  recipe: () => Recipe | undefined;
  /** The whole truth of this frame, whenever it differs from the last one. */
  report: (report: PageReport) => void;
  /** Awaited before a first report: what `recipe` needs. */
  ready?: () => Promise<unknown>;
  /** Where nobody is, there is nothing to report, not even that. */
  quiet?: boolean;
  /** Shared by all that reads the page. */
  pace?: Pace;
  /** Ends the watch and lets go of the page. */
  signal: AbortSignal;
  /** Asked before each reading: whether somebody is there to be told. The signal of a watch in vain is aborted by it. */
  wanted?: () => boolean;
}

/**
 * Reads the page, then what changes in it. The first change after a quiet time is read at once, later ones are
 * gathered. Rests while the page is hidden. Touches nothing in the page.
 */
export function watch(doc: Document, options: WatchOptions): void {
  const { recipe, report, ready, quiet, signal, wanted = () => true, pace = new Pace() } = options;
  const told = new Pace(TOLD, TOLD_MAX);
  const marks = new Marks();
  const changes = new Changes();
  const observer = new MutationObserver((records) => {
    const start = performance.now();
    if (!changes.take(records)) observer.disconnect();
    pace.spend(performance.now() - start);
    schedule();
  });
  /** Ends what is waited for. */
  let waiting: (() => void) | undefined;
  let job: Generator<Pause> | undefined;
  let pause: Pause;
  let quietUntil = 0;
  let starting = false;
  let known = false;
  let sent = '';
  let last: PageReport | undefined;
  let url = doc.URL;
  let fit: Recipe | undefined;

  /** Where nobody is, what is shown and what is not need not be told to us. */
  function observe(): void {
    const anybody = marks.count > 0 || fit || last?.sightings.length;
    observer.observe(doc, anybody ? OBSERVED : OBSERVED_BARE);
  }

  function* read(roots: Element[]): Generator<Pause> {
    observe();
    yield* marks.prune(new Set(roots));
    for (const root of roots) yield* scan(root, marks);
    // Nobody was there, and nobody is.
    const same = last?.sightings.length === 0 && !fit && doc.URL === url;
    if (marks.count > 0 || !(same || (quiet && !known))) yield* publish();
    observe();
  }

  function* publish(): Generator<Pause> {
    if (!known) yield ready?.();
    known = true;
    fit = recipe();
    yield 'drawn';
    const sight = sightOf(doc, fit);
    for (const list of marks.byNode.values()) {
      for (const { machine, element } of list) if (!machine) sight.gives(element);
      yield 'drawn';
    }
    url = doc.URL;
    last = yield* compileReport(doc, url, fit, marks, sight);
    yield;
    const text = JSON.stringify(last);
    if (text === sent) return;
    sent = text;
    told.spend(1 + TOLD_EACH * last.sightings.length);
    report(last);
  }

  function schedule(): void {
    if (waiting || signal.aborted || doc.visibilityState === 'hidden') return;
    // A page that is new is read without a rest.
    const rest = starting ? 0 : pace.wait;
    if (job && pause === 'drawn' && rest === 0) {
      waiting = afterFrame(() => run(true));
    } else if (typeof pause === 'object') {
      let ended = false;
      waiting = () => {
        ended = true;
      };
      pause.then(() => ended || run());
    } else {
      const wait = job ? rest : Math.max(rest, told.wait, quietUntil - performance.now());
      const timer = setTimeout(() => {
        waiting = undefined;
        if (job && pause === 'drawn') schedule();
        else run();
      }, wait);
      waiting = () => clearTimeout(timer);
    }
  }

  function run(drawn = false): void {
    waiting = undefined;
    if (signal.aborted || !wanted()) return;
    const start = performance.now();
    const going = job ?? read(changes.drain(doc));
    job = going;
    let goes = true;
    while (goes && performance.now() - start < SLICE) {
      const step = going.next();
      pause = step.done ? undefined : step.value;
      goes = !step.done && (!pause || (drawn && pause === 'drawn'));
      if (step.done) job = undefined;
    }
    const end = performance.now();
    pace.spend(end - start);
    if (!job) quietUntil = end + PAUSE;
    if (job || changes.any) schedule();
  }

  /** From the beginning: at the start, and after a rest. */
  function begin(): void {
    if (signal.aborted || doc.visibilityState === 'hidden' || !wanted()) return;
    rest();
    sent = '';
    last = undefined;
    job = first();
    run();
  }

  function* first(): Generator<Pause> {
    const root = rootOf(doc);
    starting = true;
    yield* read(root ? [root] : []);
    starting = false;
    pace.forgive();
  }

  /** Holds on to nothing. */
  function rest(): void {
    observer.disconnect();
    waiting?.();
    waiting = undefined;
    job?.return(undefined);
    job = undefined;
    changes.clear();
    marks.clear();
  }

  const look = () => {
    if (doc.URL !== url || changes.any) schedule();
  };
  /** What fades in or folds out changes without a mutation. */
  const appeared = () => {
    changes.any = true;
    schedule();
  };
  let still: ReturnType<typeof setTimeout> | undefined;
  /** Other people come into view: read once they stay there. */
  const scrolled = () => {
    if (fit?.kind !== 'social') return;
    clearTimeout(still);
    still = setTimeout(appeared, STILL);
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
  doc.addEventListener('scroll', scrolled, passive);
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
  signal.addEventListener('abort', rest);
  begin();
}
