import { bytesOf, holds, tagsOf } from './tag-bytes.ts';

/** Changes of a set: tags of six bytes each, ascending. */
export interface TagDelta {
  added: Uint8Array<ArrayBuffer>;
  removed: Uint8Array<ArrayBuffer>;
}

/** Whether the tag is in the set by the last of these deltas that names it; undefined when none does. */
export function saidOf(tag: number, deltas: readonly TagDelta[]): boolean | undefined {
  const said = deltas.findLast(({ added, removed }) => holds(added, tag) || holds(removed, tag));
  return said && holds(said.added, tag);
}

/** What several deltas, one after the other, come to: the last word on each tag that they name. */
export class Deltas {
  /** Ascending: twice the tag, and one more when it is in the set. */
  readonly #entries: Float64Array;

  constructor(entries = new Float64Array()) {
    this.#entries = entries;
  }

  static of(all: readonly TagDelta[]): Deltas {
    return all.reduce((deltas, each) => deltas.with(each), new Deltas());
  }

  get size(): number {
    return this.#entries.length;
  }

  /** Whether the tag is in the set; undefined when nothing is said of it. */
  get(tag: number): boolean | undefined {
    const entry = this.#entries[this.from(tag)];
    return entry === undefined || Math.floor(entry / 2) !== tag ? undefined : entry % 2 === 1;
  }

  /** Place of the first entry of this tag or a later one. */
  from(tag: number): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#entries[middle] ?? 0) < tag * 2) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Tag and whether it is in, at a place below `size`. */
  at(place: number): [tag: number, isIn: boolean] {
    const entry = this.#entries[place] ?? 0;
    return [Math.floor(entry / 2), entry % 2 === 1];
  }

  with({ added, removed }: TagDelta): Deltas {
    const fresh = new Float64Array((added.length + removed.length) / 6);
    let count = 0;
    for (const tag of removed.length > 0 ? tagsOf(removed) : []) fresh[count++] = tag * 2;
    for (const tag of added.length > 0 ? tagsOf(added) : []) fresh[count++] = tag * 2 + 1;
    fresh.sort();
    const merged = new Float64Array(this.size + count);
    let length = 0;
    const put = (entry: number) => {
      // Of one tag the later word stays; within a delta that it is in.
      if (length > 0 && Math.floor((merged[length - 1] ?? 0) / 2) === Math.floor(entry / 2)) length -= 1;
      merged[length++] = entry;
    };
    let old = 0;
    for (const entry of fresh) {
      for (; old < this.size && (this.#entries[old] ?? 0) / 2 < Math.floor(entry / 2) + 1; old += 1) {
        put(this.#entries[old] ?? 0);
      }
      put(entry);
    }
    for (; old < this.size; old += 1) put(this.#entries[old] ?? 0);
    return new Deltas(merged.slice(0, length));
  }

  /** All of it as one delta. */
  whole(): TagDelta {
    const tags: [number[], number[]] = [[], []];
    for (const entry of this.#entries) tags[entry % 2 === 1 ? 1 : 0].push(Math.floor(entry / 2));
    return { added: bytesOf(tags[1]), removed: bytesOf(tags[0]) };
  }
}
