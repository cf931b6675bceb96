import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '../bench/tags.ts';
import { makeTagsExtension } from '../bench/tags-extension.ts';
import { serveTags, type TagsServer } from '../bench/tags-server.ts';
import type { Screen } from './rig/screen.ts';
import type { Rig } from './rig/types.ts';
import { kind } from './rig/world.ts';
import { launch } from './rig.ts';

/** ms after which the background is ended, of the 150 to 400 that it takes to write a set. */
const MOMENTS = [5, 30, 60, 90, 120, 160, 200, 300, 400];

let folder: string;
let server: TagsServer;
let rig: Rig;
let page: Screen;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'truce-tags-'));
  server = await serveTags(1_000_000);
  rig = await launch(kind, { extension: await makeTagsExtension(folder, kind) });
  page = await rig.page(server.url);
});
afterAll(async () => {
  await rig?.close();
  server?.close();
  await rm(folder, { recursive: true, force: true });
});

const fetch = (whole: boolean) => ask(page, { do: 'fetch', server: server.url, whole });
const files = async () => (await ask(page, { do: 'files' })).count;
/** `ask` itself says when they are not the 5 known ones of the 50. */
const known = () => ask(page, { do: 'known', keys: server.keys(50, 5) });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('each new set takes the place of the one before, on disk too, and is there after a start', async () => {
  for (let n = 0; n < 4; n += 1) {
    await fetch(true);
    await known();
    expect(await files()).toBe(1);
  }
  await rig.endBackground();
  await known();
  expect(await files()).toBe(1);
});

test('ended at any moment of a new set it goes on with the one before, and leaves nothing in the end', async () => {
  await fetch(true);
  for (const moment of MOMENTS) {
    // The background ends without an answer.
    void fetch(true).catch(() => undefined);
    await pause(moment);
    await rig.endBackground();
    await known();
    await fetch(false);
    await known();
    expect(await files()).toBe(1);
  }
});
