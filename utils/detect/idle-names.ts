import { namesOn } from './names.ts';
import type { Named } from './types.ts';

/** A page gives us this long at a time, in ms, and only while it has nothing else to do. */
const SLICE = 8;

/** Reads the names on a page (see `namesOn`) while it is idle; of a hidden one, none. */
export function namesWhenIdle(doc: Document): Promise<Named[]> {
  const job = namesOn(doc);
  return new Promise((resolve, reject) => {
    const go = () => {
      if (doc.visibilityState === 'hidden') return resolve([]);
      try {
        const end = performance.now() + SLICE;
        let step = job.next();
        while (!step.done && performance.now() < end) step = job.next();
        if (step.done) resolve(step.value);
        else requestIdleCallback(go);
      } catch (error) {
        reject(error);
      }
    };
    requestIdleCallback(go);
  });
}
