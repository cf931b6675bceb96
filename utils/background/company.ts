import type { Replica } from '../replica/replica.ts';
import type { Sync } from '../sync/sync.ts';
import { hitOf, locked } from './contact.ts';
import type { Handlers } from './dispatcher.ts';

export function companyHandlers(replica: Replica, sync: Sync): Pick<Handlers, 'company.open'> {
  return {
    async 'company.open'({ companyId }) {
      await replica.load();
      if (sync.locked) throw locked();
      try {
        return await sync.use((api) => api.company(companyId));
      } catch (error) {
        // Out of reach: the company and those of its people that are held here.
        const company = (await replica.companies([companyId])).get(companyId);
        if (!company) throw error;
        const cards = await replica.cardsOfCompany(companyId);
        const people = cards.map(({ card }) => hitOf(card.contact, company.name));
        return { company, people, total: people.length };
      }
    },
  };
}
