import { notSaved } from '../not-saved.ts';
import type { TagSink } from './sink.ts';

/**
 * Packs as files of the origin's private file system. Unlike a Blob in IndexedDB, whose bytes stay until the last
 * object for it happens to be collected, a file has left the disk when it is removed.
 */
const PREFIX = 'tags-';

/** A new file. Throws where the browser has none to give. */
export async function fileSink(): Promise<TagSink> {
  const folder = await navigator.storage.getDirectory();
  const file = `${PREFIX}${crypto.randomUUID()}`;
  const handle = await folder.getFileHandle(file, { create: true });
  const stream = await handle.createWritable();
  const kept = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw notSaved(error);
    }
  };
  return {
    write: (position, data) => kept(stream.write({ type: 'write', position, data })),
    async end() {
      await kept(stream.close());
      return { file, blob: await kept(handle.getFile()) };
    },
    async drop() {
      await stream.abort().catch(() => undefined);
      await folder.removeEntry(file).catch(() => undefined);
    },
  };
}

/** Where the files lie; undefined where there is no such place. Never rejects. */
export async function tagFolder(): Promise<FileSystemDirectoryHandle | undefined> {
  try {
    return await navigator.storage.getDirectory();
  } catch {
    return undefined;
  }
}

/**
 * Undefined when it is not there, or can't be opened.
 * @param folder asked for before the name was known
 */
export async function openFile(file: string, folder = tagFolder()): Promise<File | undefined> {
  try {
    return await (await (await folder)?.getFileHandle(file))?.getFile();
  } catch {
    return undefined;
  }
}

/** Removes all but this one; what a background that was killed has left is among them. */
export async function removeFiles(except?: string): Promise<void> {
  try {
    const folder = await navigator.storage.getDirectory();
    const names: string[] = [];
    for await (const name of folder.keys()) {
      if (name.startsWith(PREFIX) && name !== except) names.push(name);
    }
    // One that is being written stays.
    await Promise.all(names.map((name) => folder.removeEntry(name).catch(() => undefined)));
  } catch {
    // Where there is no such file system, there is nothing to remove.
  }
}
