import { Trouble } from '../trouble.ts';
import type { Access } from './access.ts';
import type { Handlers } from './dispatcher.ts';
import type { Gate } from './gate.ts';
import type { Misses } from './misses.ts';
import type { Pages } from './pages.ts';
import type { Recipes } from './recipes.ts';

type Page = Pick<Handlers, 'page.report' | 'page.recipes' | 'page.read'>;

interface Parts {
  pages: Pages;
  access: Access;
  gate: Pick<Gate, 'look'>;
  recipes: Pick<Recipes, 'at'>;
  misses: Pick<Misses, 'hear'>;
}

export function pageHandlers({ pages, access, gate, recipes, misses }: Parts): Page {
  return {
    async 'page.report'(report, sender) {
      await pages.load();
      // Scripts from before a permission was taken back may still run in their pages.
      const may = pages.of(sender.tabId)?.once || (await access.mayRead(sender.url));
      if (!may) throw new Trouble('denied', 'no permission for this site');
      if (!(await gate.look())) throw new Trouble('signed-out', 'nobody here may see it');
      pages.report(sender, report);
      misses.hear(sender, report);
    },
    // A frame without an address of its own is read as the page around it: that is the sender's address then.
    'page.recipes': (_, sender) => recipes.at(sender.url),
    async 'page.read'({ tabId }) {
      await pages.load();
      if ((pages.of(tabId)?.frames.size ?? 0) > 0) return { read: true };
      pages.allowOnce(tabId);
      return { read: await access.inject(tabId) };
    },
  };
}
