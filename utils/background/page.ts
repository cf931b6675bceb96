import { profileKey } from '../contract/network-key.ts';
import { networkAt } from '../detect/networks.ts';
import { recipesAt } from '../detect/sites/index.ts';
import type { PageReport } from '../detect/types.ts';
import { Trouble } from '../trouble.ts';
import type { Access } from './access.ts';
import type { Handlers } from './dispatcher.ts';
import type { Gate } from './gate.ts';
import type { Misses } from './misses.ts';
import type { Pages } from './pages.ts';
import type { Recipes } from './recipes.ts';
import type { ContentSender } from './sender.ts';

type Page = Pick<Handlers, 'page.marks' | 'page.report' | 'page.recipes' | 'page.read'>;

const NOBODY: PageReport = { recipe: 'none', sightings: [] };

interface Parts {
  pages: Pages;
  access: Access;
  gate: Pick<Gate, 'look'>;
  recipes: Pick<Recipes, 'at'>;
  misses: Pick<Misses, 'hear'>;
}

/** A site with a recipe of its own, or a profile: somebody may be there without any address. */
const isKnown = (url: string): boolean =>
  profileKey(url) !== undefined ||
  networkAt(URL.parse(url)?.hostname ?? '') !== undefined ||
  recipesAt(URL.parse(url)?.hostname ?? '').some(({ hosts }) => hosts.length > 0);

export function pageHandlers({ pages, access, gate, recipes, misses }: Parts): Page {
  /** Throws `Trouble` where nothing may be heard of a page. */
  async function mayHear({ tabId, url }: ContentSender): Promise<void> {
    await pages.load();
    // Scripts from before a permission was taken back may still run in their pages.
    const may = pages.of(tabId)?.once || (await access.mayRead(url));
    if (!may) throw new Trouble('denied', 'no permission for this site');
    if (!(await gate.look())) throw new Trouble('signed-out', 'nobody here may see it');
  }

  return {
    async 'page.marks'({ found }, sender) {
      await mayHear(sender);
      if (found || isKnown(sender.url)) await access.read(sender.tabId, sender.frameId);
      else pages.report(sender, NOBODY);
    },
    async 'page.report'(report, sender) {
      await mayHear(sender);
      pages.report(sender, report);
      misses.hear(sender, report);
    },
    // A frame without an address of its own is read as the page around it: that is the sender's address then.
    'page.recipes': (_, sender) => recipes.at(sender.url),
    async 'page.read'({ tabId }) {
      await pages.load();
      if ((pages.of(tabId)?.frames.size ?? 0) > 0) return { read: true };
      pages.allowOnce(tabId);
      const read = await access.inject(tabId);
      if (!read) pages.allowOnce(tabId, false);
      return { read };
    },
  };
}
