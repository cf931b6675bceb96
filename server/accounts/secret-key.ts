import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings } from '../settings.ts';
import { type SecretBox, secretBox } from './secret-box.ts';

/**
 * The box under `TRUCE_SECRET_KEY`, or under `secret.key` in the data folder, which the first start makes.
 * @throws with a sentence for people when the file cannot be read or is no key
 */
export async function openSecretBox(settings: Pick<Settings, 'folder' | 'secretKeys'>): Promise<SecretBox> {
  if (settings.secretKeys.length > 0) return secretBox(settings.secretKeys);
  const path = join(settings.folder, 'secret.key');
  const text = (await readIfThere(path)) ?? (await make(settings.folder, path));
  const keys = text
    .trim()
    .split(/[\s,]+/)
    .map((each) => Buffer.from(each, 'base64'));
  if (keys.some((key) => key.length !== 32)) throw new Error(`${path} must hold 32 bytes in base64.`);
  return secretBox(keys);
}

async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new Error(`${path} cannot be read (${error.code}).`, { cause: error });
  });
}

/** Written aside and linked, so that of two starts at once one key stands, whole. */
async function make(folder: string, path: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const aside = `${path}.${process.pid}`;
  await writeFile(aside, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  await link(aside, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(aside);
  return readFile(path, 'utf8');
}
