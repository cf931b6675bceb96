import { Deltas, saidOf, type TagDelta } from './delta.ts';
import { fold } from './fold.ts';
import type { Pack } from './layout.ts';
import { PackReader } from './pack-reader.ts';
import { blobSink } from './sink.ts';
import { WIDTH } from './tag-bytes.ts';

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
  readonly #deltas: readonly TagDelta[];

  constructor(reader: PackReader, deltas: readonly TagDelta[] = []) {
    this.#reader = reader;
    this.#deltas = deltas;
  }

  static of({ pack, deltas }: HeldTags): TagStore {
    return new TagStore(new PackReader(pack), deltas);
  }

  get wantsFold(): boolean {
    const bytes = this.#deltas.reduce((sum, { added, removed }) => sum + added.length + removed.length, 0);
    return bytes / WIDTH > FOLD_AT;
  }

  /** Reads ahead what the first question needs. */
  warm(): void {
    this.#reader.warm();
  }

  /** Begins to read what shows whether the set has this tag, for a question whose other tags are still being made. */
  readAhead(tag: number): void {
    if (saidOf(tag, this.#deltas) === undefined) this.#reader.readAhead(tag);
  }

  /** Those of the tags that are in the set. Throws `TagsDamaged`. */
  async held(tags: number[]): Promise<Set<number>> {
    const said = new Map(tags.map((tag) => [tag, saidOf(tag, this.#deltas)]));
    const held = await this.#reader.held(tags.filter((tag) => said.get(tag) === undefined));
    for (const [tag, isIn] of said) if (isIn) held.add(tag);
    return held;
  }

  /** The set after this change. */
  with({ instead, ...delta }: TagRecord): TagStore {
    return new TagStore(this.#reader, instead ? [delta] : [...this.#deltas, delta]);
  }

  /** What to write for this change. */
  record(delta: TagDelta): TagRecord {
    if (this.#deltas.length < RECORDS) return delta;
    return { ...Deltas.of([...this.#deltas, delta]).whole(), instead: true };
  }

  /** A pack of everything. Throws `TagsDamaged`, or what the sink throws. */
  fold(sink = blobSink()): Promise<Pack> {
    return fold(this.#reader, Deltas.of(this.#deltas), sink);
  }
}
