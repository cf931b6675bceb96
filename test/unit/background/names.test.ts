import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ContentSender } from '../../../utils/background/sender.ts';

const run = vi.fn();
vi.mock('webextension-polyfill', () => ({
  default: {
    scripting: { executeScript: (what: unknown) => run(what) },
    storage: {
      session: { get: async () => ({}), set: async () => undefined, remove: async () => undefined },
    },
  },
}));

const { Names } = await import('../../../utils/background/names.ts');
const { Pages } = await import('../../../utils/background/pages.ts');

const sender: ContentSender = {
  from: 'content',
  tabId: 7,
  frameId: 0,
  url: 'https://www.acme.example/team',
  documentId: 'a',
};
const nobody = { recipe: 'none' as const, sightings: [] };

function pagesWith(names: unknown) {
  run.mockImplementation(async (what: { files?: string[] }) => [
    { frameId: 0, result: what.files ? names : 1 },
  ]);
  const pages: InstanceType<typeof Pages> = new Pages((tabId) => reader.later(tabId));
  const reader = new Names(pages);
  return pages;
}

const asked = () => run.mock.calls.filter(([what]) => what.files).length;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  run.mockReset();
});

test('names come with the companies of the page', async () => {
  const pages = pagesWith([{ name: 'Ann Lee', at: ['Acme Logistics'] }]);
  pages.report(sender, nobody);
  await vi.runAllTimersAsync();
  expect(pages.of(7)?.sightings).toEqual([
    {
      keys: [],
      name: 'Ann Lee',
      at: ['Acme Logistics', 'acme.example'],
      role: 'mentioned',
      focus: false,
      why: 'name',
    },
  ]);
  expect(asked()).toBe(1);
});

test('whoever is seen already is not named again', async () => {
  const pages = pagesWith([{ name: 'LEE, Ann', at: [] }]);
  const ann = {
    keys: ['email:ann@acme.example'],
    address: 'ann@acme.example',
    name: 'Lee Ann',
    role: 'mentioned' as const,
    focus: false,
    why: 'text' as const,
  };
  pages.report(sender, { recipe: 'none', sightings: [ann] });
  await vi.runAllTimersAsync();
  expect(pages.of(7)?.sightings).toEqual([ann]);
});

test('where a recipe fits, nothing is asked', async () => {
  const pages = pagesWith([{ name: 'Ann Lee', at: [] }]);
  pages.report(sender, { ...nobody, site: 'gmail', recipe: 'found' });
  await vi.runAllTimersAsync();
  expect(asked()).toBe(0);
});

test.each([[undefined], ['x'], [[{ name: 5 }]], [[{ name: 'x'.repeat(5000), at: [] }]]])(
  'an answer that is none changes nothing: %j',
  async (answer) => {
    const pages = pagesWith(answer);
    pages.report(sender, nobody);
    await vi.runAllTimersAsync();
    expect(pages.of(7)?.sightings).toEqual([]);
  },
);

test('a page that never stands still is read now and then', async () => {
  const pages = pagesWith([]);
  for (let n = 0; n < 100; n++) {
    pages.report(sender, { ...nobody });
    await vi.advanceTimersByTimeAsync(100);
  }
  await vi.runAllTimersAsync();
  expect(asked()).toBeLessThan(9);
  expect(asked()).toBeGreaterThan(3);
});

test('what was named goes with the page', async () => {
  const pages = pagesWith([{ name: 'Ann Lee', at: [] }]);
  pages.report(sender, nobody);
  await vi.runAllTimersAsync();
  pages.drop(7, [0]);
  expect(pages.of(7)?.sightings).toEqual([]);
});
