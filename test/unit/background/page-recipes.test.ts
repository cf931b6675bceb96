import { expect, test, vi } from 'vitest';
import { pageHandlers } from '../../../utils/background/page.ts';
import { classify } from '../../../utils/background/sender.ts';
import { gmail } from '../../../utils/detect/sites/gmail.ts';
import { recipesAt } from '../../../utils/detect/sites/index.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const TAB = 4;

test('a frame without an address of its own is given the recipes of the page around it', async () => {
  const handlers = pageHandlers({
    ...({ pages: {}, access: {}, gate: {} } as never as Omit<
      Parameters<typeof pageHandlers>[0],
      'recipes' | 'misses'
    >),
    recipes: { at: async (url) => recipesAt(new URL(url).hostname) },
    misses: { hear: () => undefined },
  });
  const self = { id: 'abc', base: 'chrome-extension://abc/' };
  const tab = { id: TAB, url: 'https://mail.google.com/mail/u/0/#inbox' };
  for (const [url, origin] of [
    ['about:blank', 'https://mail.google.com'],
    ['about:srcdoc', 'https://mail.google.com'],
    // Sandboxed.
    ['about:srcdoc', 'null'],
    ['about:blank', undefined],
  ]) {
    const sender = classify({ id: 'abc', url, origin, tab, frameId: 3 } as never, self);
    if (sender.from !== 'content') throw new Error('it is one of ours');
    expect(await handlers['page.recipes'](undefined, sender)).toEqual([gmail]);
  }
});
