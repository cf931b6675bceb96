const FIRST = 1000;
const LONGEST = 30_000;

/** ms to wait after this many failures in a row: doubling, at most 30 s, with half of it left to chance. */
export function backoff(failures: number, random: () => number = Math.random): number {
  const full = Math.min(LONGEST, FIRST * 2 ** Math.max(0, failures - 1));
  return Math.round(full * (0.5 + random() / 2));
}
