/** What is kept until the browser is closed, and never on disk: `browser.storage.session` by another name. */
export interface Shelf {
  get(name: string): Promise<unknown>;
  set(name: string, value: unknown): Promise<void>;
  remove(name: string): Promise<void>;
}

/** For tests, and where there is no other. */
export function memoryShelf(): Shelf {
  const held = new Map<string, unknown>();
  return {
    get: async (name) => held.get(name),
    set: async (name, value) => void held.set(name, value),
    remove: async (name) => void held.delete(name),
  };
}
