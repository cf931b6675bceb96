import { recipesAt } from '../detect/sites/index.ts';
import { Trouble } from '../trouble.ts';
import type { Access } from './access.ts';
import type { Handlers } from './dispatcher.ts';
import type { Gate } from './gate.ts';
import type { Pages } from './pages.ts';

type Page = Pick<Handlers, 'page.report' | 'page.recipes' | 'page.read'>;

export function pageHandlers(pages: Pages, access: Access, gate: Pick<Gate, 'look'>): Page {
  return {
    async 'page.report'(report, sender) {
      await pages.load();
      // Scripts from before a permission was taken back may still run in their pages.
      const may = pages.of(sender.tabId)?.once || (await access.mayRead(sender.url));
      if (!may) throw new Trouble('denied', 'no permission for this site');
      if (!(await gate.look())) throw new Trouble('signed-out', 'nobody here may see it');
      pages.report(sender, report);
    },
    async 'page.recipes'(_, sender) {
      return recipesAt(URL.parse(sender.url)?.hostname ?? '');
    },
    async 'page.read'({ tabId }) {
      await pages.load();
      if ((pages.of(tabId)?.frames.size ?? 0) > 0) return { read: true };
      pages.allowOnce(tabId);
      return { read: await access.inject(tabId) };
    },
  };
}
