import { createHash } from 'node:crypto';

/** Made-up but always the same: the id of what has this label, in the form of a UUIDv7. */
export function sampleId(label: string): string {
  const hex = createHash('sha256').update(`truce sample ${label}`).digest('hex');
  return `0192f000-${hex.slice(0, 4)}-7${hex.slice(4, 7)}-8${hex.slice(7, 10)}-${hex.slice(10, 22)}`;
}

export interface Random {
  /** 0 ≤ n < below, whole. */
  int(below: number): number;
  pick<T>(list: readonly T[]): T;
  chance(of: number): boolean;
}

/** Seeded numbers (mulberry32): the same seed tells the same stories. */
export function seeded(seed: string): Random {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (below: number) => Math.floor(next() * below);
  return {
    int,
    pick(list) {
      const found = list[int(list.length)];
      if (found === undefined) throw new Error('[sample] nothing to pick from');
      return found;
    },
    chance: (of) => next() < of,
  };
}
