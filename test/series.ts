/**
 * Long series: `npm run test:long` runs them whole, `npm test` a cut of them, the same one every time. Bundled for
 * pages too, which have no environment.
 */
export const LONG = globalThis.process?.env.TRUCE_LONG === '1';

/** How often something is repeated. */
export const times = (whole: number, cut: number): number => (LONG ? whole : cut);

/** The whole list, or so many of it: one by chance out of each stretch of equal length, in their order. */
export function some<T>(whole: readonly T[], cut: number): readonly T[] {
  if (LONG || whole.length <= cut) return whole;
  const random = seeded(whole.length);
  return Array.from({ length: cut }, (_, nth) => {
    const place = Math.floor(((nth + random()) * whole.length) / cut);
    return whole[place] as T;
  });
}

/** Numbers in [0, 1), the same ones for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
