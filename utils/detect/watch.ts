import type { Recipe } from '../contract/recipe.ts';
import { afterFrame } from './after-frame.ts';
import { Changes, OBSERVED, OBSERVED_BARE } from './changes.ts';
import { lookAround } from './in-view.ts';
import { listen } from './listen.ts';
import { Marks, rootOf } from './marks.ts';
import { Pace } from './pace.ts';
import { observedBy } from './pointed.ts';
import { compileReport, sightOf } from './report.ts';
import { makeRoom } from './room.ts';
import { scan } from './scan.ts';
import type { PageReport } from './types.ts';
import type { WatchOptions } from './watch-options.ts';

/** A page gives us this long at a time, in ms. */
const SLICE = 8;
/** At least this long between two readings, in ms. */
const PAUSE = 30;
/** Between two readings we listen no longer than what is ours of so many ms. */
const LISTENED = 10_000;
/** Reports for each ms, and of how many ms at once; one of many people counts for more. */
const TOLD = 0.005;
const TOLD_REACH = 12_000;
const TOLD_EACH = 1 / 250;

/** How a reading goes on once it has to pause: as soon as there is time, after the page was drawn, when that is known. */
type Pause = undefined | 'drawn' | Promise<unknown>;

/**
 * Reads the page, then what changes in it. The first change after a quiet time is read at once, later ones are
 * gathered. Rests while the page is hidden. Touches nothing in the page.
 */
export function watch(doc: Document, options: WatchOptions): void {
  const { recipe, report, ready, quiet, signal, wanted = () => true, pace = new Pace() } = options;
  const told = new Pace(TOLD, TOLD_REACH);
  const marks = new Marks();
  const changes = new Changes();
  const observer = new MutationObserver((records) => {
    const start = performance.now();
    const more = changes.take(records);
    heard += performance.now() - start;
    // What it takes to listen could have read all of it, or is more than a frame among very many has.
    if (!more || heard > whole || !pace.covers(heard, LISTENED)) {
      changes.everything();
      observer.disconnect();
    }
    schedule();
    pace.spend(performance.now() - start);
  });
  /** Ends what is waited for. */
  let waiting: (() => void) | undefined;
  let job: Generator<Pause> | undefined;
  let pause: Pause;
  let quietUntil = 0;
  /** ms: what listening has taken since the last reading, what this reading has, what the last one of all did. */
  let heard = 0;
  let cost = 0;
  let whole = Number.POSITIVE_INFINITY;
  /** This reading is of all. */
  let all = false;
  let starting = false;
  let known = false;
  let sent = '';
  let last: PageReport | undefined;
  let url = doc.URL;
  let fit: Recipe | undefined;

  /** Where nobody is, what is shown and what is not need not be told to us. */
  function observe(): void {
    const anybody = marks.count > 0 || last?.sightings.length;
    const plain = anybody ? OBSERVED : OBSERVED_BARE;
    observer.observe(doc, fit ? observedBy(fit) : plain);
  }

  function* read(roots: Element[]): Generator<Pause> {
    observe();
    heard = 0;
    const root = rootOf(doc);
    const again = marks.full || marks.passed.size > 0;
    // What had no room may be seen by now, and have some.
    const places = again && root ? [root] : roots;
    all = root !== undefined && places[0] === root;
    if (again) marks.clear();
    yield* marks.prune(new Set(places));
    function* scanAll() {
      for (const root of places) yield* scan(root, marks);
    }
    yield* scanAll();
    yield* makeRoom(marks, () => sightOf(doc, fit), scanAll);
    // Nobody was there, and nobody is.
    const same = last?.sightings.length === 0 && !fit && doc.URL === url;
    if (marks.count > 0 || !(same || (quiet && !known))) yield* publish();
    observe();
  }

  function* publish(): Generator<Pause> {
    if (!known) yield ready?.();
    known = true;
    fit = yield* recipe();
    const inView = fit?.kind === 'social' ? yield* lookAround(doc, fit, marks) : undefined;
    yield 'drawn';
    const sight = sightOf(doc, fit);
    for (const list of marks.byNode.values()) {
      for (const { machine, element } of list) if (!machine) sight.gives(element);
      yield 'drawn';
    }
    url = doc.URL;
    const reading = compileReport(doc, url, fit, marks, sight, inView);
    let step = reading.next();
    // It asks what is to be seen all the time.
    for (; !step.done; step = reading.next()) yield 'drawn';
    last = step.value;
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
    if (!job) cost = 0;
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
    cost += end - start;
    if (!job) quietUntil = end + PAUSE;
    // The first time the browser is slow at it.
    if (!job && all) whole = Math.max(cost, PAUSE / 10);
    if (job || changes.any) schedule();
  }

  /** From the beginning: at the start, and after a rest. */
  function begin(): void {
    if (signal.aborted || doc.visibilityState === 'hidden' || !wanted()) return;
    rest();
    sent = '';
    last = undefined;
    starting = true;
    cost = 0;
    job = first();
    schedule();
  }

  function* first(): Generator<Pause> {
    const root = rootOf(doc);
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
    pause = undefined;
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
  /** So does what is typed. */
  const typed = () => {
    if (fit?.draftTo) appeared();
  };
  listen(doc, signal, {
    shown: () => (doc.visibilityState === 'hidden' ? rest() : begin()),
    back: begin,
    appeared,
    byScroll: () => fit?.kind === 'social',
    typed,
    moved: look,
  });
  signal.addEventListener('abort', rest);
  begin();
}
