import { mark, segmentBytes } from './bloom.ts';
import { BUCKETS, CELL, headBytes, NUMBERS, type Pack, SUM, summed, sumOf, TABLE } from './layout.ts';
import { Pieces } from './pieces.ts';
import type { TagSink } from './sink.ts';
import { join, viewOf, WIDTH } from './tag-bytes.ts';

/** Bytes that are written in one go. */
const PART = 256 * 1024;

/** Bytes of a pack, and where in it they belong. */
export interface Part {
  at: number;
  bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Packs an ascending set as it comes; a part of it is in memory at a time. On disk it is then, and not part of any
 * copy yet. Throws what the pieces or the sink throw, or a plain error where the tags do not ascend; nothing is left
 * behind then.
 * @param expected about how many tags will come: the filter is made for them
 */
export async function packInto(
  sink: TagSink,
  expected: number,
  pieces: AsyncIterable<Uint8Array>,
): Promise<Pack> {
  try {
    const writer = new PackWriter(expected);
    const write = async () => {
      for (const { at, bytes } of writer.parts()) await sink.write(at, bytes);
    };
    for await (const piece of pieces) {
      writer.add(piece);
      await write();
    }
    const facts = writer.finish();
    await write();
    const pack = { ...facts, ...(await sink.end()) };
    // Now, while the set before still answers.
    await new Pieces(pack, writer.table).cutAhead();
    return pack;
  } catch (error) {
    await sink.drop();
    throw error;
  }
}

/** Makes a pack's parts of an ascending set that comes in pieces. Holds one segment of the filter at a time. */
export class PackWriter {
  /** Of what was handed out by `finish`. */
  readonly table = new Uint32Array(BUCKETS * NUMBERS);
  readonly #segment: number;
  readonly #filter: Uint8Array<ArrayBuffer>;
  #parts: Part[] = [];
  readonly #filters: Gathering;
  readonly #cells: Gathering;
  #bucket = 0;
  #bucketSum = SUM;
  #first = 0;
  #count = 0;
  #last = -1;
  readonly #rest = new Uint8Array(WIDTH);
  #carried = 0;

  /** @param expected about how many tags will come: the filter is made for them */
  constructor(expected: number) {
    this.#segment = segmentBytes(expected, BUCKETS);
    this.#filter = new Uint8Array(this.#segment);
    const ready = (part: Part) => void this.#parts.push(part);
    this.#filters = new Gathering(0, ready);
    this.#cells = new Gathering(headBytes({ segment: this.#segment }), ready);
  }

  /** The next bytes of the set, cut anywhere. Throws when the tags do not ascend. */
  add(bytes: Uint8Array): void {
    let from = 0;
    if (this.#carried > 0) {
      from = Math.min(WIDTH - this.#carried, bytes.length);
      this.#rest.set(bytes.subarray(0, from), this.#carried);
      this.#carried += from;
      if (this.#carried < WIDTH) return;
      this.#take(this.#rest);
    }
    const end = bytes.length - ((bytes.length - from) % WIDTH);
    this.#take(bytes.subarray(from, end));
    this.#rest.set(bytes.subarray(end));
    this.#carried = bytes.length - end;
  }

  /** What can be written by now, each part once. */
  parts(): Part[] {
    const ready = this.#parts;
    this.#parts = [];
    return ready;
  }

  /** The last parts are to be written after that. Throws when the set ended within a tag. */
  finish(): Pick<Pack, 'count' | 'segment' | 'sum'> {
    if (this.#carried > 0) throw new Error('[tags] not a set of 48-bit tags');
    this.#turnTo(BUCKETS);
    this.#filters.flush();
    this.#cells.flush();
    const segment = this.#segment;
    this.#parts.push({ at: headBytes({ segment }) - TABLE, bytes: new Uint8Array(this.table.buffer) });
    return { count: this.#count, segment, sum: sumOf(this.table) };
  }

  #take(bytes: Uint8Array): void {
    const view = viewOf(bytes);
    for (let at = 0; at < bytes.length; at += WIDTH) {
      const high = view.getUint16(at);
      const low = view.getUint32(at + 2);
      const tag = join(high, low);
      if (tag <= this.#last) throw new Error('[tags] not in ascending order');
      this.#last = tag;
      this.#turnTo(high >>> 4);
      mark(this.#filter, high, low);
      this.#bucketSum = summed(summed(this.#bucketSum, low), high & 0xff);
      this.#cells.put(high & 0xff, low);
      this.#count += 1;
    }
  }

  /** Ends the buckets before this one. */
  #turnTo(bucket: number): void {
    for (; this.#bucket < bucket; this.#bucket += 1) {
      const sums = [this.#bucketSum, sumOf(new Uint32Array(this.#filter.buffer))];
      this.table.set([this.#first, ...sums], this.#bucket * NUMBERS);
      this.#filters.add(this.#filter);
      this.#filter.fill(0);
      this.#bucketSum = SUM;
      this.#first = this.#count;
    }
  }
}

/** Bytes that follow each other, until they make a part. */
class Gathering {
  #at: number;
  readonly #ready: (part: Part) => void;
  #buffer = new Uint8Array(PART);
  #view = viewOf(this.#buffer);
  #used = 0;

  constructor(at: number, ready: (part: Part) => void) {
    this.#at = at;
    this.#ready = ready;
  }

  put(high: number, low: number): void {
    if (this.#used + CELL > PART) this.flush();
    this.#view.setUint8(this.#used, high);
    this.#view.setUint32(this.#used + 1, low);
    this.#used += CELL;
  }

  add(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; ) {
      if (this.#used === PART) this.flush();
      const piece = bytes.subarray(from, from + PART - this.#used);
      this.#buffer.set(piece, this.#used);
      this.#used += piece.length;
      from += piece.length;
    }
  }

  flush(): void {
    if (this.#used === 0) return;
    this.#ready({ at: this.#at, bytes: this.#buffer.subarray(0, this.#used) });
    this.#at += this.#used;
    this.#buffer = new Uint8Array(PART);
    this.#view = viewOf(this.#buffer);
    this.#used = 0;
  }
}
