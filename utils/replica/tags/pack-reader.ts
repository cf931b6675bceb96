import { mayHold } from './bloom.ts';
import {
  BUCKETS,
  CELL,
  headBytes,
  type Pack,
  packBytes,
  SEGMENTS,
  SUM,
  summed,
  sumOf,
  TagsDamaged,
} from './layout.ts';
import { highOf, lowOf, viewOf, WIDTH } from './tag-bytes.ts';

/** Buckets read in one go: about 235 kB of the largest set. */
const AT_ONCE = 64;
/** Answers that are kept. */
const CONFIRMED = 2000;

interface Head {
  /** A segment of the filter; throws `TagsDamaged` when it is not as it was written. */
  segment(index: number): Uint8Array;
  table: Uint32Array;
}

/**
 * Tests tags against a pack: the filter, in memory from the first question on, says which may be in it; of those the
 * buckets are read. Everything throws `TagsDamaged` when the browser does not give what was written.
 */
export class PackReader {
  readonly pack: Pack;
  #head: Promise<Head> | undefined;
  readonly #confirmed = new Map<number, boolean>();

  constructor(pack: Pack) {
    this.pack = pack;
  }

  /** Reads ahead what the first question needs; what goes wrong is said to the question. */
  warm(): void {
    if (this.pack.count > 0) void this.#headOf().catch(() => undefined);
  }

  /** Those of the tags that are in the set. */
  async held(tags: number[]): Promise<Set<number>> {
    if (tags.length === 0 || this.pack.count === 0) return new Set();
    const { segment, table } = await this.#headOf();
    const held = new Set<number>();
    const byBucket = new Map<number, number[]>();
    for (const tag of tags) {
      const high = highOf(tag);
      const known = this.#confirmed.get(tag);
      if (known) held.add(tag);
      if (known !== undefined) continue;
      if (!mayHold(segment(high >>> 8), high, lowOf(tag))) continue;
      byBucket.set(high >>> 4, [...(byBucket.get(high >>> 4) ?? []), tag]);
    }
    const buckets = [...byBucket.keys()];
    for (let from = 0; from < buckets.length; from += AT_ONCE) {
      const some = buckets.slice(from, from + AT_ONCE);
      const read = await this.#buckets(table, some);
      for (const [index, bucket] of some.entries()) {
        for (const tag of byBucket.get(bucket) ?? []) {
          const isIn = has(read[index] ?? new Uint8Array(), tag);
          if (isIn) held.add(tag);
          if (this.#confirmed.size >= CONFIRMED) this.#confirmed.clear();
          this.#confirmed.set(tag, isIn);
        }
      }
    }
    return held;
  }

  /** The whole set as it came, in pieces. */
  async *tags(): AsyncGenerator<Uint8Array> {
    if (this.pack.count === 0) return;
    const { table } = await this.#headOf();
    for (let from = 0; from < BUCKETS; from += AT_ONCE) {
      const some = Array.from({ length: AT_ONCE }, (_, index) => from + index);
      const read = await this.#buckets(table, some);
      for (const [index, cells] of read.entries()) yield unpacked(from + index, cells);
    }
  }

  async #headOf(): Promise<Head> {
    this.#head ??= this.#readHead();
    try {
      return await this.#head;
    } catch (error) {
      this.#head = undefined;
      throw error;
    }
  }

  async #readHead(): Promise<Head> {
    const { pack } = this;
    if (pack.blob.size !== packBytes(pack)) throw new TagsDamaged('not of the length it was');
    const bytes = await read(pack.blob.slice(0, headBytes(pack)));
    const table = new Uint32Array(bytes, pack.segment * SEGMENTS);
    if (sumOf(table) !== pack.sum) throw new TagsDamaged('the table is not as it was written');
    const sound = new Set<number>();
    return {
      table,
      // Those that nobody asks for need not be gone through, which a start has no time for.
      segment: (index) => {
        const at = index * pack.segment;
        if (!sound.has(index)) {
          const sum = sumOf(new Uint32Array(bytes, at, pack.segment / 4));
          if (sum >>> 0 !== table[BUCKETS * 2 + index]) throw new TagsDamaged('the filter is damaged');
          sound.add(index);
        }
        return new Uint8Array(bytes, at, pack.segment);
      },
    };
  }

  /** What these buckets hold; those that lie beside each other are read as one. */
  async #buckets(table: Uint32Array, buckets: number[]): Promise<Uint8Array[]> {
    const { blob, count } = this.pack;
    const start = headBytes(this.pack);
    const cuts = buckets.map((bucket) => {
      const first = table[bucket * 2] ?? 0;
      const last = bucket + 1 < BUCKETS ? (table[bucket * 2 + 2] ?? 0) : count;
      return { sum: table[bucket * 2 + 1], from: start + first * CELL, to: start + last * CELL };
    });
    const runs: { from: number; to: number; cuts: typeof cuts }[] = [];
    for (const cut of cuts) {
      const last = runs.at(-1);
      if (last?.to === cut.from) {
        last.to = cut.to;
        last.cuts.push(cut);
      } else runs.push({ from: cut.from, to: cut.to, cuts: [cut] });
    }
    const cells = runs.map(async (run) => {
      const bytes = new Uint8Array(run.to > run.from ? await read(blob.slice(run.from, run.to)) : []);
      return run.cuts.map(({ from, to, sum }) => {
        const cell = bytes.subarray(from - run.from, to - run.from);
        if (cell.length !== to - from || cellSum(cell) >>> 0 !== sum)
          throw new TagsDamaged('a bucket is damaged');
        return cell;
      });
    });
    return (await Promise.all(cells)).flat();
  }
}

async function read(blob: Blob): Promise<ArrayBuffer> {
  let bytes: ArrayBuffer;
  try {
    bytes = await blob.arrayBuffer();
  } catch (cause) {
    throw new TagsDamaged('not readable', { cause });
  }
  if (bytes.byteLength !== blob.size) throw new TagsDamaged('cut off');
  return bytes;
}

function cellSum(cells: Uint8Array): number {
  const view = viewOf(cells);
  let sum = SUM;
  for (let at = 0; at < cells.length; at += CELL) {
    sum = summed(summed(sum, view.getUint32(at + 1)), view.getUint8(at));
  }
  return sum;
}

function has(cells: Uint8Array, tag: number): boolean {
  const view = viewOf(cells);
  const wanted = tag % 2 ** 40;
  const valueAt = (index: number) => view.getUint8(index * CELL) * 2 ** 32 + view.getUint32(index * CELL + 1);
  let low = 0;
  let high = cells.length / CELL;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (valueAt(middle) < wanted) low = middle + 1;
    else high = middle;
  }
  return low < cells.length / CELL && valueAt(low) === wanted;
}

/** A bucket's tags in full. */
function unpacked(bucket: number, cells: Uint8Array): Uint8Array {
  const bytes = new Uint8Array((cells.length / CELL) * WIDTH);
  for (let from = 0, to = 0; from < cells.length; from += CELL, to += WIDTH) {
    bytes[to] = bucket >>> 4;
    bytes.set(cells.subarray(from, from + CELL), to + 1);
  }
  return bytes;
}
