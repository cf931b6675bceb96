import { expect, test, vi } from 'vitest';
import { createApi } from '../../../utils/sync/api.ts';

const recipes = [{ id: 'gmail' }];
const asApi = (answer: () => Response) => {
  const fetch = vi.fn(async (..._: Parameters<typeof globalThis.fetch>) => answer());
  return { fetch, api: createApi('https://t.example', async () => 'token', fetch) };
};
const json = (body: unknown, headers = {}) => new Response(JSON.stringify(body), { headers });

test('recipes come with the tag by which they are asked for again', async () => {
  const { api, fetch } = asApi(() => json({ recipes }, { etag: '"1"' }));
  expect(await api.recipes.read()).toEqual({ recipes, etag: '"1"' });
  expect(new Headers(fetch.mock.lastCall?.[1]?.headers).has('if-none-match')).toBe(false);
  await api.recipes.read('"1"');
  expect(new Headers(fetch.mock.lastCall?.[1]?.headers).get('if-none-match')).toBe('"1"');
});

test('304 is no news', async () => {
  const { api } = asApi(() => new Response(null, { status: 304 }));
  expect(await api.recipes.read('"1"')).toBeUndefined();
});

test('an answer without end is left, and read no further', async () => {
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1;
      controller.enqueue(new Uint8Array(100_000).fill(32));
    },
  });
  const { api } = asApi(() => new Response(endless));
  await expect(api.recipes.read()).rejects.toMatchObject({ code: 'strange' });
  expect(sent).toBeLessThan(25);
});

test.each([
  ['a page of a portal', () => new Response('<!doctype html>')],
  ['no list', () => json({ recipes: 'all' })],
  ['too many', () => json({ recipes: Array(101).fill({}) })],
  [
    'a server of before',
    () => new Response('{"error":{"code":"path","message":"There is nothing."}}', { status: 404 }),
  ],
])('%s serves none', async (_, answer) => {
  await expect(asApi(answer).api.recipes.read()).rejects.toMatchObject({ code: 'strange' });
});

test('of a stale one id and version are told, whatever else is at hand', async () => {
  const { api, fetch } = asApi(() => json({ done: true }));
  const more = { id: 'gmail', version: 2026_11_23_00, at: 1, url: 'https://mail.google.com/mail/#inbox/1' };
  await api.recipes.tell(more);
  const [url, init] = fetch.mock.lastCall ?? [];
  expect([url, init?.body]).toEqual([
    'https://t.example/v1/recipes/stale',
    '{"id":"gmail","version":2026112300}',
  ]);
});
