import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../../../scripts/builds.ts';
import { kind } from './world.ts';

/** The build under test in a folder of its own, which is the caller's to change and to remove. */
export async function copyBuild(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'truce-build-'));
  await cp(await ensureBuilt(kind, 'test'), folder, { recursive: true });
  return folder;
}
