import type { Pack } from './layout.ts';

/** Where a pack is written piece by piece. What the browser does not take throws `Trouble` (`storage`, `full`). */
export interface TagSink {
  /** @param at bytes from the beginning; each is written once, in whatever order */
  write(at: number, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** All of it, to be read. */
  end(): Promise<Pick<Pack, 'blob' | 'file'>>;
  /** Leaves nothing of it behind. */
  drop(): Promise<void>;
}

/** Keeps it with the browser, in a Blob. */
export function blobSink(): TagSink {
  const parts: { at: number; blob: Blob }[] = [];
  return {
    async write(at, bytes) {
      parts.push({ at, blob: new Blob([bytes]) });
    },
    end: async () => ({ blob: new Blob(parts.sort((a, b) => a.at - b.at).map(({ blob }) => blob)) }),
    async drop() {
      parts.length = 0;
    },
  };
}
