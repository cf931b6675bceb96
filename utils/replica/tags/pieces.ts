import { BUCKETS, CELL, headBytes, NUMBERS, type Pack } from './layout.ts';

/** Bytes that are read together, at least. */
const PIECE = 60_000;
/** Pieces cut ahead in one go: about 2 ms. */
const CUTS = 8;

/** What was cut of a pack's blob goes with it: from its writer to its reader. */
const cutOf = new WeakMap<Blob, Blob[]>();

/**
 * A pack's buckets, so many beside each other in a piece as are read together. In Chromium each cut waits for the
 * browser's own process (0.3 ms), which takes longer than to read it: so they are made before anything is asked.
 */
export class Pieces {
  readonly #pack: Pack;
  readonly #table: Uint32Array;
  /** Buckets that make a piece. */
  readonly #width: number;
  readonly #cut: Blob[];

  constructor(pack: Pack, table: Uint32Array) {
    this.#pack = pack;
    this.#table = table;
    this.#width = Math.min(BUCKETS, Math.ceil((BUCKETS * PIECE) / (pack.count * CELL)));
    this.#cut = cutOf.get(pack.blob) ?? [];
    cutOf.set(pack.blob, this.#cut);
  }

  get count(): number {
    return Math.ceil(BUCKETS / this.#width);
  }

  /** The piece that a bucket is in. */
  of(bucket: number): number {
    return Math.floor(bucket / this.#width);
  }

  /** First bucket of a piece, and the one after its last. */
  range(piece: number): [from: number, to: number] {
    return [piece * this.#width, Math.min(BUCKETS, (piece + 1) * this.#width)];
  }

  /** Where in the file a bucket begins. */
  startOf(bucket: number): number {
    const { count } = this.#pack;
    return headBytes(this.#pack) + (bucket < BUCKETS ? (this.#table[bucket * NUMBERS] ?? 0) : count) * CELL;
  }

  at(piece: number): Blob {
    const [from, to] = this.range(piece);
    this.#cut[piece] ??= this.#pack.blob.slice(this.startOf(from), this.startOf(to));
    return this.#cut[piece];
  }

  /**
   * Cuts all that are not yet, a few at a time.
   * @param isBusy while it says so, none is cut: something that somebody waits for would wait for it
   */
  async cutAhead(isBusy = () => false): Promise<void> {
    let cuts = 0;
    for (let piece = 0; piece < this.count; piece += 1) {
      if (this.#cut[piece]) continue;
      this.at(piece);
      cuts += 1;
      if (cuts % CUTS > 0) continue;
      do await new Promise((goOn) => setTimeout(goOn));
      while (isBusy());
    }
  }
}
