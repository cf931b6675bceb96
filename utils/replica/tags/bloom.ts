/**
 * A Bloom filter (Bloom 1970) of 10 bits a tag and 7 hashes, two of which make the others (Kirsch and Mitzenmacher
 * 2006): one unknown tag in 120 passes. It is cut into segments by the tags' upper bits, so that it can be
 * built piece by piece from an ascending set.
 */
const HASHES = 7;
const BITS = 10;

/** Bytes of one segment for so many tags in all; a multiple of four. Few tags lie too unevenly for few bytes. */
export function segmentBytes(tags: number, segments: number): number {
  return Math.max(32, Math.ceil((tags * BITS) / segments / 32) * 4);
}

export function mark(segment: Uint8Array, high: number, low: number): void {
  const step = second(high, low);
  for (let hash = first(high, low), n = 0; n < HASHES; n += 1, hash = (hash + step) | 0) {
    const bit = place(hash, segment.length);
    segment[bit >>> 3] = (segment[bit >>> 3] ?? 0) | (1 << (bit & 7));
  }
}

/** False: the tag is certainly not in. */
export function mayHold(segment: Uint8Array, high: number, low: number): boolean {
  const step = second(high, low);
  for (let hash = first(high, low), n = 0; n < HASHES; n += 1, hash = (hash + step) | 0) {
    const bit = place(hash, segment.length);
    if (((segment[bit >>> 3] ?? 0) & (1 << (bit & 7))) === 0) return false;
  }
  return true;
}

/** A hash's bit: the upper bits of a product are as good as a remainder, and quicker. */
function place(hash: number, bytes: number): number {
  return Math.floor(((hash >>> 0) * (bytes * 8)) / 2 ** 32);
}

function first(high: number, low: number): number {
  const mixed = Math.imul(low ^ (high << 24) ^ (low >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}

/** Odd, so that it is never nothing. */
function second(high: number, low: number): number {
  const mixed = Math.imul(low ^ (low >>> 17) ^ (high << 16), 0x297a2d39);
  return (mixed ^ (mixed >>> 14)) | 1;
}
