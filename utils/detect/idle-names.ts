import { namesOn } from './names.ts';
import { Pace } from './pace.ts';
import type { Named } from './types.ts';

/** A page gives us this long at a time, in ms, and only while it has nothing else to do. */
const SLICE = 8;

/** Reads the names on a page (see `namesOn`) while it is idle and the pace allows; of a hidden one, none. */
export function namesWhenIdle(doc: Document, pace = new Pace()): Promise<Named[]> {
  const job = namesOn(doc);
  return new Promise((resolve, reject) => {
    const go = () => {
      if (doc.visibilityState === 'hidden') return resolve([]);
      try {
        const start = performance.now();
        let step = job.next();
        while (!step.done && performance.now() - start < SLICE) step = job.next();
        pace.spend(performance.now() - start);
        if (step.done) resolve(step.value);
        else setTimeout(() => requestIdleCallback(go), pace.wait);
      } catch (error) {
        reject(error);
      }
    };
    setTimeout(() => requestIdleCallback(go), pace.wait);
  });
}
