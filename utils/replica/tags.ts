/** Bytes of one tag, big-endian. */
const WIDTH = 6;

/** The workspace's known tags as the server sends them: sorted 48-bit numbers, tested by binary search. */
export class TagSet {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;

  /** Throws when the length is no multiple of six bytes: then it is not a tag set. */
  constructor(bytes: Uint8Array<ArrayBuffer>) {
    if (bytes.byteLength % WIDTH !== 0) throw new Error('[tags] not a set of 48-bit tags');
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get size(): number {
    return this.bytes.byteLength / WIDTH;
  }

  has(tag: number | undefined): boolean {
    return tag !== undefined && this.#at(this.#place(tag)) === tag;
  }

  /** A set that also holds these; the same one when it does already. */
  with(tags: number[]): TagSet {
    const fresh = [...new Set(tags)].filter((tag) => !this.has(tag)).sort((a, b) => a - b);
    if (fresh.length === 0) return this;
    const bytes = new Uint8Array(this.bytes.byteLength + fresh.length * WIDTH);
    const view = new DataView(bytes.buffer);
    let read = 0;
    let write = 0;
    for (const tag of fresh) {
      const end = this.#place(tag) * WIDTH;
      bytes.set(this.bytes.subarray(read, end), write);
      write += end - read;
      read = end;
      view.setUint16(write, Math.floor(tag / 2 ** 32));
      view.setUint32(write + 2, tag % 2 ** 32);
      write += WIDTH;
    }
    bytes.set(this.bytes.subarray(read), write);
    return new TagSet(bytes);
  }

  /** Index of the first tag that is not smaller. */
  #place(tag: number): number {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#at(middle) ?? 0) < tag) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #at(index: number): number | undefined {
    if (index >= this.size) return undefined;
    return this.#view.getUint16(index * WIDTH) * 2 ** 32 + this.#view.getUint32(index * WIDTH + 2);
  }
}
