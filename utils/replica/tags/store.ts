import { Deltas, type TagDelta } from './delta.ts';
import { fold } from './fold.ts';
import type { Pack } from './layout.ts';
import { PackReader } from './pack-reader.ts';
import { blobSink } from './sink.ts';

/** Entries beside the pack from which on a new pack is made of both. */
const FOLD_AT = 20_000;
/** Deltas as records of their own, from which on one record is made of all. */
const RECORDS = 16;

/** A change of the set on disk; `instead`: of all before it, which it holds. */
export type TagRecord = TagDelta & { instead?: true };

/** The workspace's tags as they lie on disk. */
export interface HeldTags {
  pack: Pack;
  /** In the order in which they came. */
  deltas: TagDelta[];
}

/** The workspace's known tags: a pack and what has changed since. Never changes itself: each change gives another. */
export class TagStore {
  readonly #reader: PackReader;
  readonly #deltas: Deltas;
  readonly #records: number;

  constructor(reader: PackReader, deltas = new Deltas(), records = 0) {
    this.#reader = reader;
    this.#deltas = deltas;
    this.#records = records;
  }

  static of({ pack, deltas }: HeldTags): TagStore {
    return new TagStore(new PackReader(pack), Deltas.of(deltas), deltas.length);
  }

  get wantsFold(): boolean {
    return this.#deltas.size > FOLD_AT;
  }

  /** Reads ahead what the first question needs. */
  warm(): void {
    this.#reader.warm();
  }

  /** Those of the tags that are in the set. Throws `TagsDamaged`. */
  async held(tags: number[]): Promise<Set<number>> {
    const held = await this.#reader.held(tags.filter((tag) => this.#deltas.get(tag) === undefined));
    for (const tag of tags) if (this.#deltas.get(tag)) held.add(tag);
    return held;
  }

  /** The set after this change. */
  with(delta: TagRecord): TagStore {
    const records = delta.instead ? 1 : this.#records + 1;
    return new TagStore(this.#reader, this.#deltas.with(delta), records);
  }

  /** What to write for this change. */
  record(delta: TagDelta): TagRecord {
    return this.#records < RECORDS ? delta : { ...this.#deltas.with(delta).whole(), instead: true };
  }

  /** A pack of everything. Throws `TagsDamaged`, or what the sink throws. */
  fold(sink = blobSink()): Promise<Pack> {
    return fold(this.#reader, this.#deltas, sink);
  }
}
