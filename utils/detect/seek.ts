import { carriers, carries } from './carriers.ts';
import { Changes, OBSERVED_BARE } from './changes.ts';
import { leads } from './lead.ts';
import { rootOf } from './marks.ts';
import type { Pace } from './pace.ts';
import { isVast, marked } from './walk.ts';

/** A page gives us this long at a time, in ms. */
const SLICE = 8;
/** At least this long between two looks, in ms. */
const PAUSE = 30;

export interface SeekOptions {
  /** Told of the first look and of the first one at another address; and as soon as there is something, which ends it. */
  told: (found: boolean) => void;
  pace: Pace;
  signal: AbortSignal;
  /** Asked before each look: whether somebody is there to be told. */
  wanted: () => boolean;
}

/** Whether something under `root` may stand for a person; yields often. */
function* marksIn(root: Element): Generator<undefined, boolean> {
  const vast = isVast(root);
  for (const list of vast ? [marked(root, carries)] : [carriers(root), marked(root)]) {
    for (const node of list) {
      if (node && (node.nodeType === 3 || leads(node as Element))) return true;
      yield;
    }
  }
  return false;
}

/**
 * Looks for the first thing on a page that may stand for a person, there or added later. Most pages have none, and
 * need no more of us than this. Rests while the page is hidden.
 */
export function seek(doc: Document, { told, pace, signal, wanted }: SeekOptions): void {
  const changes = new Changes();
  const observer = new MutationObserver((records) => {
    const start = performance.now();
    if (!changes.take(records)) observer.disconnect();
    pace.spend(performance.now() - start);
    later();
  });
  let job: Generator<undefined, boolean> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let quietUntil = 0;
  let url = '';

  function* look(roots: Element[]): Generator<undefined, boolean> {
    observer.observe(doc, OBSERVED_BARE);
    for (const root of roots) if (yield* marksIn(root)) return true;
    return false;
  }

  function later(): void {
    if (timer !== undefined || signal.aborted || doc.visibilityState === 'hidden') return;
    timer = setTimeout(go, job ? 0 : Math.max(pace.wait, quietUntil - performance.now()));
  }

  function go(): void {
    timer = undefined;
    if (signal.aborted || !wanted()) return;
    const start = performance.now();
    job ??= look(changes.drain(doc));
    let step = job.next();
    while (!step.done && performance.now() - start < SLICE) step = job.next();
    const end = performance.now();
    pace.spend(end - start);
    if (!step.done) {
      later();
      return;
    }
    job = undefined;
    quietUntil = end + PAUSE;
    if (step.value || doc.URL !== url) told(step.value);
    url = doc.URL;
    if (step.value) stop();
    else if (changes.any) later();
  }

  function begin(): void {
    const root = rootOf(doc);
    if (signal.aborted || doc.visibilityState === 'hidden' || !root) return;
    job = look([root]);
    later();
  }

  function rest(): void {
    observer.disconnect();
    clearTimeout(timer);
    timer = undefined;
    job = undefined;
    changes.clear();
  }

  const ended = new AbortController();
  function stop(): void {
    rest();
    ended.abort();
  }

  doc.addEventListener('visibilitychange', () => (doc.visibilityState === 'hidden' ? rest() : begin()), {
    signal: AbortSignal.any([signal, ended.signal]),
  });
  signal.addEventListener('abort', rest, { once: true });
  begin();
}
