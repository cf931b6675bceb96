import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const FIXTURES = resolve(import.meta.dirname, '../../fixtures/import');

/** A folder for one test file. */
export async function makeFolder() {
  const path = await mkdtemp(join(tmpdir(), 'truce-import-'));
  return {
    async write(name: string, content: string | Buffer): Promise<string> {
      const file = join(path, name);
      await writeFile(file, content);
      return file;
    },
    remove: () => rm(path, { recursive: true, force: true }),
  };
}
