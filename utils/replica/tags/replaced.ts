/** Bytes from which on a Blob is worth the trouble. */
const LARGE = 2 ** 20;
/** Bytes that nobody touches, so they cost nothing; but they make the browser look for what can go. */
const NUDGE = 16 * 2 ** 20;
const NUDGES = 40;
/** ms between two of them. */
const PAUSE = 25;

/**
 * Blobs that were replaced. The browser keeps a Blob's file until the last object for it is collected, and in a
 * background that needs little memory that may be never: without this, each new set leaves 19 MB on disk.
 */
export class Replaced {
  #blobs: WeakRef<Blob>[] = [];

  add(blob: Blob): void {
    if (blob.size >= LARGE) this.#blobs.push(new WeakRef(blob));
  }

  /** Whether all of them have gone; has the browser collect them where they have not. */
  async gone(): Promise<boolean> {
    for (let n = 0; n < NUDGES && this.#left(); n += 1) {
      new Uint8Array(NUDGE);
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    return !this.#left();
  }

  #left(): boolean {
    this.#blobs = this.#blobs.filter((blob) => blob.deref() !== undefined);
    return this.#blobs.length > 0;
  }
}
