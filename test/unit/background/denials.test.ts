import { beforeEach, expect, test, vi } from 'vitest';

const disk = vi.hoisted(() => new Map<string, unknown>());
vi.mock('webextension-polyfill', () => ({
  default: {
    storage: {
      local: {
        get: async (key: string) => (disk.has(key) ? { [key]: disk.get(key) } : {}),
        set: async (all: object) => {
          for (const [key, value] of Object.entries(all)) disk.set(key, structuredClone(value));
        },
        remove: async (key: string) => disk.delete(key),
      },
    },
  },
}));

import { Denials } from '../../../utils/background/denials.ts';

beforeEach(() => disk.clear());

const begun = async () => {
  const denials = new Denials();
  await denials.load();
  return denials;
};

test('what was denied holds when the browser was started anew, and nobody can read it from the disk', async () => {
  const one = await begun();
  await one.add(['1 linkedin:in/jo-stranger', '1 x:jo']);
  expect(await one.among(['1 x:jo', '2 x:jo'])).toEqual(new Set(['1 x:jo']));
  expect(JSON.stringify([...disk])).not.toMatch(/jo|linkedin/);
  const next = await begun();
  expect(await next.among(['1 linkedin:in/jo-stranger', '2 x:jo'])).toEqual(
    new Set(['1 linkedin:in/jo-stranger']),
  );
});

test('it goes with the team, and what is broken counts as nothing', async () => {
  const one = await begun();
  await one.add(['1 x:jo']);
  await one.clear();
  expect(disk.size).toBe(0);
  expect(await (await begun()).among(['1 x:jo'])).toEqual(new Set());
  disk.set('denied', ['of another version']);
  expect(await (await begun()).among(['1 x:jo'])).toEqual(new Set());
});

test('of very many the latest are kept', async () => {
  const one = await begun();
  await one.add(Array.from({ length: 5001 }, (_, n) => `1 x:n${n}`));
  expect(await one.among(['1 x:n0', '1 x:n1', '1 x:n5000'])).toEqual(new Set(['1 x:n1', '1 x:n5000']));
});
