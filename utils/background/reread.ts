import { recipesAt } from '../detect/sites/index.ts';
import type { Access } from './access.ts';
import type { Pages } from './pages.ts';
import type { Recipes } from './recipes.ts';

interface Parts {
  pages: Pick<Pages, 'load' | 'ids' | 'of'>;
  access: Pick<Access, 'inject'>;
  recipes: Pick<Recipes, 'all'>;
}

/** Reads the open pages of these recipes' sites with them, in place of those that they were read with. */
export function rereader({ pages, access, recipes }: Parts) {
  return async (ids: ReadonlySet<string>): Promise<void> => {
    const [all] = await Promise.all([recipes.all(), pages.load()]);
    const concerns = (url: string) =>
      recipesAt(URL.parse(url)?.hostname ?? '', all).some(({ id }) => ids.has(id));
    for (const tabId of pages.ids()) {
      const frames = [...(pages.of(tabId)?.frames.values() ?? [])];
      if (frames.some(({ url, report }) => ids.has(report.site ?? '') || concerns(url))) {
        await access.inject(tabId);
      }
    }
  };
}
