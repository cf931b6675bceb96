import { mayHold } from './bloom.ts';
import {
  BUCKETS,
  CELL,
  headBytes,
  NUMBERS,
  type Pack,
  packBytes,
  SUM,
  summed,
  sumOf,
  TagsDamaged,
} from './layout.ts';
import { Pieces } from './pieces.ts';
import { highOf, lowOf, viewOf, WIDTH } from './tag-bytes.ts';

/** Buckets whose filters are read in one go: Firefox reads several parts at once in half the time of one. */
const PART = 1024;
/** Pieces read in one go. */
const AT_ONCE = 8;
/** Answers that are kept. */
const CONFIRMED = 2000;

interface Head {
  /** The filter for a bucket; throws `TagsDamaged` when it is not as it was written. */
  segment(bucket: number): Uint8Array;
  table: Uint32Array;
  pieces: Pieces;
}

/**
 * Tests tags against a pack: the filter, in memory by the first question, says which may be in it; of those the
 * buckets are read. Everything throws `TagsDamaged` when the browser does not give what was written.
 */
export class PackReader {
  readonly pack: Pack;
  #head: Promise<Head> | undefined;
  #ready: Head | undefined;
  /** Pieces that are being read ahead of their question. */
  readonly #ahead = new Map<number, Promise<ArrayBuffer>>();
  /** Questions that wait for their answers. */
  #asked = 0;
  #isCut = false;
  readonly #confirmed = new Map<number, boolean>();

  constructor(pack: Pack) {
    this.pack = pack;
  }

  /** Reads ahead what the first question needs; what goes wrong is said to the question. */
  warm(): void {
    if (this.pack.count > 0) void this.#headOf().catch(() => undefined);
  }

  /**
   * Begins to read what shows whether the set has this tag, which is asked for next: while its question's other tags
   * are still being made. What goes wrong is said to the question.
   */
  readAhead(tag: number): void {
    const head = this.#ready;
    if (!head || this.#confirmed.has(tag)) return;
    const piece = head.pieces.of(bucketOf(tag));
    if (this.#ahead.size >= AT_ONCE || this.#ahead.has(piece) || !passes(head, tag)) return;
    const reading = read(head.pieces.at(piece));
    reading.catch(() => undefined);
    this.#ahead.set(piece, reading);
  }

  /** Those of the tags that are in the set. */
  async held(tags: number[]): Promise<Set<number>> {
    if (tags.length === 0 || this.pack.count === 0) return new Set();
    this.#asked += 1;
    try {
      return await this.#held(tags, await this.#headOf());
    } finally {
      this.#asked -= 1;
      if (this.#asked === 0) this.#ahead.clear();
    }
  }

  async #held(tags: number[], head: Head): Promise<Set<number>> {
    const { pieces } = head;
    const held = new Set<number>();
    const passed: number[] = [];
    for (const tag of tags) {
      const known = this.#confirmed.get(tag);
      if (known) held.add(tag);
      if (known === undefined && mayBeIn(head, tag)) passed.push(tag);
    }
    const byPiece = Map.groupBy(passed, (tag) => pieces.of(bucketOf(tag)));
    for await (const [bucket, piece] of this.#read(head, [...byPiece.keys()])) {
      for (const tag of byPiece.get(piece) ?? []) {
        const isIn = has(bucket(bucketOf(tag)), tag);
        if (isIn) held.add(tag);
        if (this.#confirmed.size >= CONFIRMED) this.#confirmed.clear();
        this.#confirmed.set(tag, isIn);
      }
    }
    this.#cutAhead(pieces);
    return held;
  }

  /** The whole set as it came, in pieces. */
  async *tags(): AsyncGenerator<Uint8Array> {
    if (this.pack.count === 0) return;
    const head = await this.#headOf();
    for await (const [bucketAt, piece] of this.#read(head, [...Array(head.pieces.count).keys()])) {
      const [from, to] = head.pieces.range(piece);
      for (let bucket = from; bucket < to; bucket += 1) {
        yield unpacked(bucket, bucketAt(bucket));
      }
    }
  }

  async #headOf(): Promise<Head> {
    this.#head ??= this.#readHead();
    try {
      this.#ready = await this.#head;
      return this.#ready;
    } catch (error) {
      this.#head = undefined;
      throw error;
    }
  }

  async #readHead(): Promise<Head> {
    const { pack } = this;
    if (pack.blob.size !== packBytes(pack)) throw new TagsDamaged('not of the length it was');
    const part = pack.segment * PART;
    const filter = pack.segment * BUCKETS;
    const [last, ...parts] = await Promise.all([
      read(pack.blob.slice(filter, headBytes(pack))),
      ...Array.from({ length: BUCKETS / PART }, (_, n) => read(pack.blob.slice(n * part, (n + 1) * part))),
    ]);
    const table = new Uint32Array(last);
    if (sumOf(table) !== pack.sum) throw new TagsDamaged('the table is not as it was written');
    return {
      table,
      pieces: new Pieces(pack, table),
      // Those that nobody asks for need not be gone through, which a start has no time for.
      segment: (bucket) => {
        const bytes = parts[Math.floor(bucket / PART)] ?? new ArrayBuffer();
        const at = (bucket % PART) * pack.segment;
        const sum = sumOf(new Uint32Array(bytes, at, pack.segment / 4));
        if (sum >>> 0 !== table[bucket * NUMBERS + 2]) throw new TagsDamaged('the filter is damaged');
        return new Uint8Array(bytes, at, pack.segment);
      },
    };
  }

  /** What the buckets of these pieces hold, piece by piece. */
  async *#read(
    { table, pieces }: Head,
    wanted: number[],
  ): AsyncGenerator<[cells: (bucket: number) => Uint8Array, piece: number]> {
    for (let from = 0; from < wanted.length; from += AT_ONCE) {
      const some = wanted.slice(from, from + AT_ONCE);
      const all = await Promise.all(some.map((piece) => this.#ahead.get(piece) ?? read(pieces.at(piece))));
      for (const [index, piece] of some.entries()) {
        const bytes = new Uint8Array(all[index] ?? new ArrayBuffer());
        const start = pieces.startOf(pieces.range(piece)[0]);
        const cells = (bucket: number) => {
          const [from, to] = [pieces.startOf(bucket), pieces.startOf(bucket + 1)];
          const found = bytes.subarray(from - start, to - start);
          if (cellSum(found) >>> 0 !== table[bucket * NUMBERS + 1])
            throw new TagsDamaged('a bucket is damaged');
          return found;
        };
        yield [cells, piece];
      }
    }
  }

  /** What the writer of the pack has not, once the first answer is given: a start has no time for it. */
  #cutAhead(pieces: Pieces): void {
    if (this.#isCut) return;
    this.#isCut = true;
    void pieces.cutAhead(() => this.#asked > 0);
  }
}

const bucketOf = (tag: number) => highOf(tag) >>> 4;

const mayBeIn = ({ segment }: Head, tag: number) => mayHold(segment(bucketOf(tag)), highOf(tag), lowOf(tag));

/** As `mayBeIn`; a damaged filter lets nothing pass here, and is told of where it is asked. */
function passes(head: Head, tag: number): boolean {
  try {
    return mayBeIn(head, tag);
  } catch {
    return false;
  }
}

async function read(blob: Blob): Promise<ArrayBuffer> {
  if (blob.size === 0) return new ArrayBuffer();
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
