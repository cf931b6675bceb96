import { signal } from '@preact/signals';

/** Ticks are ten seconds apart: ages are words, and words that change every second distract. */
const TICK = 10_000;

/** The time that every age on screen is reckoned from, ms since epoch. Only what reads it is drawn again. */
export const now = signal(Date.now());

/** Keeps `now` going while the screen is seen. Returns the function that stops it. */
export function startClock(clock: () => number = Date.now): () => void {
  const tick = () => {
    if (document.visibilityState === 'visible') now.value = clock();
  };
  const timer = setInterval(tick, TICK);
  document.addEventListener('visibilitychange', tick);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', tick);
  };
}
