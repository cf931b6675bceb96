import { expect, test, vi } from 'vitest';
import { Pages } from '../../../utils/background/pages.ts';
import type { PageReport } from '../../../utils/detect/types.ts';

/** What the browser's session holds; another version may have written it. */
const stored = vi.hoisted(() => new Map<string, unknown>());

vi.mock('webextension-polyfill', () => ({
  default: {
    storage: {
      session: {
        get: async () => Object.fromEntries(stored),
        set: async (items: object) => {
          for (const [key, value] of Object.entries(items)) stored.set(key, value);
        },
        remove: async () => undefined,
      },
    },
    scripting: {
      executeScript: async ({ target }: { target: { frameIds: number[] } }) =>
        target.frameIds.map((frameId) => ({ frameId, result: 1 })),
    },
  },
}));

const report: PageReport = {
  recipe: 'none',
  sightings: [{ keys: ['email:ann@acme.example'], role: 'sender', focus: true, why: 'header' }],
};
const sender = { from: 'content', tabId: 1, frameId: 0, url: 'https://mail.example/' } as const;

test('what was kept of pages is read again, except what this version cannot read', async () => {
  stored.set('frame:1:0', { frameId: 0, url: 'https://mail.example/', report });
  stored.set('frame:1:2', {
    frameId: 2,
    url: 'https://mail.example/',
    report: { people: ['of another version'] },
  });
  stored.set('frame:2:0', 'nonsense');
  stored.set('tab:1', { opened: 'all', once: 1, frames: {} });
  stored.set('tab:3', { opened: ['a'], once: true, __proto__: { sightings: 1 } });
  stored.set('signIn', { of: 'somebody else' });
  const pages = new Pages(() => undefined);
  await pages.load();
  expect(pages.of(1)).toMatchObject({ opened: [], once: false, sightings: report.sightings });
  expect([...(pages.of(1)?.frames.keys() ?? [])]).toEqual([0]);
  expect(pages.of(2)?.sightings).toEqual([]);
  expect(pages.of(3)).toMatchObject({ opened: ['a'], once: true, sightings: [] });
});

test('a page with thousands of frames is read in part', async () => {
  stored.clear();
  const pages = new Pages(() => undefined);
  await pages.load();
  for (let frameId = 0; frameId < 1000; frameId++) pages.report({ ...sender, frameId }, report);
  expect(pages.of(1)?.frames.size).toBe(200);
  expect(pages.of(1)?.sightings.length).toBe(1);
  const other: PageReport = { recipe: 'found', sightings: [] };
  pages.report(sender, other);
  expect(pages.of(1)?.frames.get(0)?.report).toBe(other);
});

test('a page that could not be read at the click, or was left before, is not allowed any more', async () => {
  stored.clear();
  const pages = new Pages(() => undefined);
  await pages.load();
  pages.allowOnce(7);
  expect(pages.of(7)?.once).toBe(true);
  pages.allowOnce(7, false);
  expect(pages.of(7)?.once).toBe(false);
  pages.allowOnce(1);
  pages.report(sender, report);
  // Read: it stays as long as its page does.
  pages.allowOnce(1, false);
  expect(pages.of(1)?.once).toBe(true);
});
