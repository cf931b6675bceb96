import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { makeProfile } from './firefox.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of a Firefox profile that knows nothing of the extension, to be copied. Firefox's project only. */
    firefoxProfile: string | undefined;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'truce-firefox-'));
  await makeProfile(folder);
  project.provide('firefoxProfile', folder);
  return () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
