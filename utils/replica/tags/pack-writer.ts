import { mark, segmentBytes } from './bloom.ts';
import { BUCKETS, CELL, type Pack, SEGMENTS, SUM, summed, sumOf } from './layout.ts';
import { join, viewOf, WIDTH } from './tag-bytes.ts';

/** Bytes that are handed to the browser as one part of the Blob. */
const PART = 256 * 1024;

/**
 * Makes a pack of an ascending set that comes in pieces. Holds one segment of the filter and a part of the
 * buckets in memory; what is done is with the browser.
 */
export class PackWriter {
  readonly #segment: number;
  readonly #filter: Uint8Array<ArrayBuffer>;
  #at = -1;
  readonly #filters = new Parts();
  readonly #cells = new Parts();
  readonly #table = new Uint32Array(BUCKETS * 2);
  #bucket = -1;
  #bucketSum = SUM;
  #sum = SUM;
  #count = 0;
  #last = -1;
  readonly #rest = new Uint8Array(WIDTH);
  #carried = 0;

  /** @param expected about how many tags will come: the filter is made for them */
  constructor(expected: number) {
    this.#segment = segmentBytes(expected, SEGMENTS);
    this.#filter = new Uint8Array(this.#segment);
  }

  get count(): number {
    return this.#count;
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

  /** Throws when the set ended within a tag. */
  finish(): Pack {
    if (this.#carried > 0) throw new Error('[tags] not a set of 48-bit tags');
    this.#turnTo(BUCKETS, SEGMENTS);
    return {
      blob: new Blob([this.#filters.end(), this.#table, this.#cells.end()]),
      count: this.#count,
      segment: this.#segment,
      sum: sumOf(this.#table, this.#sum),
    };
  }

  #take(bytes: Uint8Array): void {
    const view = viewOf(bytes);
    for (let at = 0; at < bytes.length; at += WIDTH) {
      const high = view.getUint16(at);
      const low = view.getUint32(at + 2);
      const tag = join(high, low);
      if (tag <= this.#last) throw new Error('[tags] not in ascending order');
      this.#last = tag;
      if (high >>> 4 !== this.#bucket) this.#turnTo(high >>> 4, high >>> 8);
      mark(this.#filter, 0, this.#segment, high, low);
      this.#bucketSum = summed(summed(this.#bucketSum, low), high & 0xff);
      this.#cells.put(high & 0xff, low);
      this.#count += 1;
    }
  }

  /** Ends the buckets and segments before these. */
  #turnTo(bucket: number, segment: number): void {
    if (this.#bucket >= 0) this.#table[this.#bucket * 2 + 1] = this.#bucketSum;
    for (let next = this.#bucket + 1; next <= bucket && next < BUCKETS; next += 1) {
      this.#table[next * 2] = this.#count;
      this.#table[next * 2 + 1] = SUM;
    }
    this.#bucket = bucket;
    this.#bucketSum = SUM;
    for (; this.#at < segment; this.#at += 1) {
      if (this.#at < 0) continue;
      this.#sum = sumOf(new Uint32Array(this.#filter.buffer), this.#sum);
      this.#filters.add(this.#filter);
      this.#filter.fill(0);
    }
  }
}

/** Bytes on their way into Blobs. */
class Parts {
  readonly #done: Blob[] = [];
  #buffer = new Uint8Array(PART);
  #view = viewOf(this.#buffer);
  #used = 0;

  put(high: number, low: number): void {
    if (this.#used + CELL > PART) this.#flush();
    this.#view.setUint8(this.#used, high);
    this.#view.setUint32(this.#used + 1, low);
    this.#used += CELL;
  }

  add(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; ) {
      if (this.#used === PART) this.#flush();
      const piece = bytes.subarray(from, from + PART - this.#used);
      this.#buffer.set(piece, this.#used);
      this.#used += piece.length;
      from += piece.length;
    }
  }

  end(): Blob {
    this.#flush();
    return new Blob(this.#done);
  }

  #flush(): void {
    this.#done.push(new Blob([this.#buffer.subarray(0, this.#used)]));
    this.#used = 0;
  }
}
