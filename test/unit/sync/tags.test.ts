import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Batch } from '../../../utils/replica/disk.ts';
import { createApi } from '../../../utils/sync/api.ts';
import { Trouble } from '../../../utils/trouble.ts';
import { TagServer } from './tag-server.ts';
import { browser, PEOPLE } from './tags-browser.ts';

test('first all, then what has changed, and nothing is asked in vain', async () => {
  const server = new TagServer();
  server.toggle(...PEOPLE.slice(0, 5));
  const one = browser(server);
  await one.meet();
  expect(await one.known()).toEqual(server.members);
  server.toggle(...PEOPLE.slice(3, 8));
  await one.meet();
  expect(await one.known()).toEqual(server.members);
  expect(server.asked).toEqual(['/v1/session', '/v1/tags?key=1', '/v1/tags?key=1&since=2']);
  await one.meet({ tagsStale: false });
  one.restart();
  expect(await one.known()).toEqual(server.members);
  await one.meet({ tagsStale: false });
  expect(server.asked).toHaveLength(3);
});

test('strangers cause no request, known or not', async () => {
  const server = new TagServer();
  server.toggle(PEOPLE[0] ?? '');
  const one = browser(server);
  await one.meet();
  server.asked.length = 0;
  await one.replica().known(Array.from({ length: 2000 }, (_, n) => `email:stranger${n}@else.example`));
  expect(server.asked).toEqual([]);
});

test('an answer that breaks off changes nothing, and is asked for again', async () => {
  const server = new TagServer();
  server.toggle(...PEOPLE.slice(0, 5));
  const one = browser(server);
  for (const cut of [0, 1, 20]) {
    server.cutAt = cut;
    await expect(one.meet()).rejects.toMatchObject({ code: 'offline' });
    expect(one.replica().hasTags).toBe(false);
  }
  server.cutAt = undefined;
  await one.meet();
  const before = server.members;
  server.toggle(...PEOPLE.slice(3, 8));
  server.cutAt = 13;
  await expect(one.meet()).rejects.toMatchObject({ code: 'offline' });
  expect(await one.known()).toEqual(before);
  server.cutAt = undefined;
  await one.meet();
  expect(await one.known()).toEqual(server.members);
});

test('one that is cut so that it looks whole is not taken for whole', async () => {
  const server = new TagServer();
  server.toggle(...PEOPLE.slice(0, 6));
  const one = browser(server);
  Object.assign(server, { cutAt: 21, quietly: true });
  await expect(one.meet()).rejects.toBeInstanceOf(Trouble);
  expect(one.replica().meta.tagsVersion).toBeUndefined();
  server.cutAt = undefined;
  await one.meet();
  expect(await one.known()).toEqual(server.members);
});

test('a new key: the old set answers until the new one is whole, and then nobody was unknown', async () => {
  const server = new TagServer();
  server.toggle(...PEOPLE.slice(0, 5));
  const one = browser(server);
  await one.meet();
  const before = one.replica().meta;
  server.rotate();
  server.cutAt = 13;
  await expect(one.meet({ tagKeyStale: true })).rejects.toBeInstanceOf(Trouble);
  expect(one.replica().meta.tagKey).toBe(before.tagKey);
  expect(await one.known()).toEqual(server.members);
  server.cutAt = undefined;
  const met = one.meet();
  expect(await one.known()).toEqual(server.members);
  await met;
  expect(one.replica().meta).toMatchObject({ tagKeyNo: 2 });
  expect(one.replica().meta.tagKeyStale).toBeUndefined();
  expect(await one.known()).toEqual(server.members);
  one.restart();
  expect(await one.known()).toEqual(server.members);
});

test.each(['a day and more later', 'by the session'])(
  'one that was away learns of the new key %s',
  async (how) => {
    const server = new TagServer();
    server.toggle(...PEOPLE.slice(0, 5));
    const one = browser(server);
    await one.meet();
    server.rotate();
    if (how === 'by the session') await one.session();
    else server.kept = [2];
    await one.meet();
    expect(one.replica().meta).toMatchObject({ tagKeyNo: 2, tagsStale: false });
    expect(await one.known()).toEqual(server.members);
  },
);

test('in another life of the server the same number may be another key', async () => {
  const server = new TagServer();
  server.toggle(...PEOPLE.slice(0, 5));
  const one = browser(server);
  await one.meet();
  server.life = 'b';
  await one.meet({ tagKeyStale: true });
  expect(await one.known()).toEqual(server.members);
});

test('where the browser keeps no key, it is read at the start, and the set stays', async () => {
  const server = new TagServer();
  server.toggle(...PEOPLE.slice(0, 5));
  const one = browser(server);
  await one.meet();
  const { tagKey: _, ...meta } = one.replica().meta;
  await one.disk.write({ meta });
  one.restart();
  server.asked.length = 0;
  await one.meet({ tagsStale: false });
  expect(await one.known()).toEqual(server.members);
  expect(server.asked).toEqual(['/v1/session', '/v1/tags?key=1&since=2']);
});

test('a set that is damaged is fetched whole, once a minute at most', async () => {
  const server = new TagServer();
  server.toggle(...PEOPLE.slice(0, 5));
  const one = browser(server);
  await one.meet();
  const held = await one.disk.tags();
  if (held) await one.disk.write({ tags: { ...held.pack, blob: new Blob(['gone']) } });
  one.restart();
  expect(await one.known()).toEqual(new Set());
  server.asked.length = 0;
  await one.meet();
  expect(server.asked).toEqual(['/v1/tags?key=1']);
  expect(await one.known()).toEqual(server.members);
});

test.each([
  ['no version', { 'truce-tags': 'whole', 'truce-count': '1' }, 6],
  ['no form', { 'truce-version': '1', 'truce-count': '1' }, 6],
  ['more than any team has', { 'truce-version': '1', 'truce-tags': 'whole', 'truce-count': '1e15' }, 6],
  ['half a tag', { 'truce-version': '1', 'truce-tags': 'whole', 'truce-count': '1' }, 9],
  [
    'more added ones than tags',
    { 'truce-version': '1', 'truce-tags': 'delta', 'truce-count': '1', 'truce-added': '2' },
    6,
  ],
  [
    'a delta of another length',
    { 'truce-version': '1', 'truce-tags': 'delta', 'truce-count': '1', 'truce-added': '1' },
    12,
  ],
])('%s is not taken for tags', async (_, headers, bytes) => {
  const api = createApi(
    'http://team.example',
    async () => 'token',
    async () => new Response(new Uint8Array(bytes), { headers }),
  );
  await expect(api.tags(1)).rejects.toMatchObject({ code: 'strange' });
});

test('whatever changes, breaks off, turns or restarts: after a round that ended well, it knows whom the server knows', async () => {
  const person = fc.constantFrom(...PEOPLE);
  const step = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('toggle' as const),
        people: fc.uniqueArray(person, { maxLength: 6 }),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('meet' as const),
        cutAt: fc.option(fc.integer({ min: 0, max: 40 })),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constantFrom('restart' as const, 'rotate' as const, 'forget' as const),
      }),
    },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const server = new TagServer();
      const one = browser(server);
      let told: Batch['meta'] = { tagsStale: true };
      let last = new Set<string>();
      for (const each of steps) {
        if (each.kind === 'toggle') server.toggle(...each.people);
        if (each.kind === 'restart') one.restart();
        if (each.kind === 'forget') server.floor = server.version;
        if (each.kind === 'rotate') {
          server.rotate();
          told = { ...told, tagKeyStale: true };
        }
        if (each.kind === 'meet') {
          server.cutAt = each.cutAt ?? undefined;
          const met = await one.meet(told).then(
            () => true,
            () => false,
          );
          if (met) {
            told = { tagsStale: true };
            last = server.members;
          }
        }
        expect(await one.known()).toEqual(last);
      }
      server.cutAt = undefined;
      await one.meet(told);
      expect(await one.known()).toEqual(server.members);
    }),
    { numRuns: 60 },
  );
});
