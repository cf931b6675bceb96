/** As much of an origin's private file system as holds sets of tags, with what may go wrong in one. */
export class FakeFiles {
  readonly files = new Map<string, Blob>();
  /** Writes from now on that still succeed; those after them find no room. */
  room = Number.POSITIVE_INFINITY;
  /** Bytes at most that lay there at once, those being written among them. */
  most = 0;
  readonly #open = new Map<string, Uint8Array<ArrayBuffer>>();

  /** `navigator.storage.getDirectory`. */
  getDirectory = async () => ({
    getFileHandle: async (name: string, options?: { create?: boolean }) => {
      if (!this.files.has(name) && !options?.create) throw new DOMException('gone', 'NotFoundError');
      if (!this.files.has(name)) this.files.set(name, new Blob());
      return {
        getFile: async () => this.files.get(name),
        createWritable: async () => this.#writable(name),
      };
    },
    removeEntry: async (name: string) => {
      if (this.#open.has(name)) throw new DOMException('being written', 'NoModificationAllowedError');
      if (!this.files.delete(name)) throw new DOMException('gone', 'NotFoundError');
    },
    keys: () => [...this.files.keys()].values(),
  });

  /** The background ends: what was being written is let go of, and an empty file stays. */
  end(): void {
    this.#open.clear();
  }

  #writable(name: string) {
    this.#open.set(name, new Uint8Array());
    return {
      write: async ({ position, data }: { position: number; data: Uint8Array }) => {
        this.room -= 1;
        if (this.room < 0) throw new DOMException('no room', 'QuotaExceededError');
        const before = this.#open.get(name) ?? new Uint8Array();
        const after = new Uint8Array(Math.max(before.length, position + data.length));
        after.set(before);
        after.set(data, position);
        this.#open.set(name, after);
        this.#weigh();
      },
      close: async () => {
        this.files.set(name, new Blob([this.#open.get(name) ?? new Uint8Array()]));
        this.#open.delete(name);
      },
      abort: async () => void this.#open.delete(name),
    };
  }

  #weigh(): void {
    const written = [...this.#open.values()].reduce((sum, { length }) => sum + length, 0);
    const there = [...this.files.values()].reduce((sum, { size }) => sum + size, 0);
    this.most = Math.max(this.most, written + there);
  }
}
