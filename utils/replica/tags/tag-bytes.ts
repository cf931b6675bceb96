/** Bytes of one tag, big-endian: on the wire and in deltas. */
export const WIDTH = 6;

/** Splits a tag into its upper 16 and lower 32 bits, since bit operations know 32. */
export const highOf = (tag: number) => Math.floor(tag / 2 ** 32);
export const lowOf = (tag: number) => tag >>> 0;
export const join = (high: number, low: number) => high * 2 ** 32 + low;

export const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  new DataView(buffer, byteOffset, byteLength);

/** Tags as they are sent: in the order given, six bytes each. */
export function bytesOf(tags: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(tags.length * WIDTH);
  const view = viewOf(bytes);
  for (let at = 0; at < tags.length; at += 1) {
    const tag = tags[at] ?? 0;
    view.setUint16(at * WIDTH, highOf(tag));
    view.setUint32(at * WIDTH + 2, lowOf(tag));
  }
  return bytes;
}

export function* tagsOf(bytes: Uint8Array): Generator<number> {
  const view = viewOf(bytes);
  for (let at = 0; at + WIDTH <= bytes.length; at += WIDTH) {
    yield join(view.getUint16(at), view.getUint32(at + 2));
  }
}

/** Whether one of these ascending tags is this one. */
export function holds(bytes: Uint8Array, tag: number): boolean {
  const view = viewOf(bytes);
  let low = 0;
  let high = Math.floor(bytes.length / WIDTH);
  while (low < high) {
    const middle = (low + high) >>> 1;
    const there = join(view.getUint16(middle * WIDTH), view.getUint32(middle * WIDTH + 2));
    if (there === tag) return true;
    if (there < tag) low = middle + 1;
    else high = middle;
  }
  return false;
}
