import type { Page } from 'puppeteer-core';
import { until } from './screen.ts';

type Pages = () => Promise<Page[]>;

/** The page of a sign-in among the browser's pages, wherever its window is. */
export const signInPage = (pages: Pages, timeout?: number): Promise<Page> =>
  openPage(pages, (url) => /^https?:\/\/[^/]+\/sign-in\//.test(url), timeout);

/** A page that is open, or opens now. */
export async function openPage(
  pages: Pages,
  fits: (url: string) => boolean,
  timeout = 10_000,
): Promise<Page> {
  const found = await until(timeout, async () => (await pages()).find((page) => fits(page.url())));
  if (!found) throw new Error(`no such page: ${(await pages()).map((page) => page.url())}`);
  return found;
}
