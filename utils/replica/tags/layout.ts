/** Buckets by the tags' upper 12 bits; each holds the lower 40 of its tags, ascending. */
export const BUCKETS = 4096;
/** Bytes of one tag in its bucket. */
export const CELL = 5;
/** Numbers of the table for each bucket: the index of its first tag, its sum, and that of its part of the filter. */
export const NUMBERS = 3;
/** Bytes of the table. */
export const TABLE = BUCKETS * NUMBERS * 4;

/** A whole set of tags: filter, table, buckets. What of it is needed to read and trust it lies beside it. */
export interface Pack {
  blob: Blob;
  /** Name of the file that `blob` is; absent where it lies in memory, or in IndexedDB. */
  file?: string;
  /** Tags in it. */
  count: number;
  /** Bytes of the filter for one bucket. */
  segment: number;
  /** Over the table. */
  sum: number;
}

export const headBytes = ({ segment }: Pick<Pack, 'segment'>) => segment * BUCKETS + TABLE;
export const packBytes = (pack: Pack) => headBytes(pack) + pack.count * CELL;

/** FNV-1a on words of 32 bits: enough to see that something is not as it was written. */
export const SUM = 0x811c9dc5;
export const summed = (sum: number, word: number) => Math.imul(sum ^ word, 0x01000193);

export function sumOf(words: Uint32Array, from = SUM): number {
  let sum = from;
  for (let at = 0; at < words.length; at += 1) sum = summed(sum, words[at] ?? 0);
  return sum;
}

/** The copy's tags can't be read as they were written: the set has to be fetched again. */
export class TagsDamaged extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(`[tags] ${message}`, options);
    this.name = 'TagsDamaged';
  }
}
