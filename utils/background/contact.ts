import { emailKeys } from '../contract/alternate.ts';
import { contactOf } from '../contract/command.ts';
import { normalName } from '../contract/match-key.ts';
import { typedProfileKey } from '../contract/profile-key.ts';
import type { Hit } from '../contract/routes.ts';
import type { HeldCard } from '../replica/disk.ts';
import { overlay } from '../replica/overlay.ts';
import { ownQueued } from '../replica/own.ts';
import type { Replica } from '../replica/replica.ts';
import { beside } from '../sync/beside.ts';
import { refetch } from '../sync/cards.ts';
import { Trouble } from '../trouble.ts';
import type { Asking } from './asking.ts';
import type { Handlers } from './dispatcher.ts';
import type { Parts } from './situation-of.ts';
import { situationOf } from './situation-of.ts';
import { handPerson } from './view-of.ts';

type Contact = Pick<Handlers, 'contact.search' | 'contact.open'>;

const MOST = 20;

export function contactHandlers(parts: Parts): Contact {
  const { replica, sync, pages, asking } = parts;
  return {
    async 'contact.search'({ q }) {
      await replica.load();
      if (sync.locked) throw locked();
      const text = q.trim();
      if (text === '') return { hits: [], local: true };
      // What may be an address or a profile stays here, whole or not.
      if (/@|linkedin\.com/i.test(text) || typedProfileKey(text) !== undefined) {
        return { hits: await byKey(text, replica, asking), local: true };
      }
      try {
        return { hits: await sync.use((api) => api.search(text)), local: false };
      } catch (error) {
        if (!(error instanceof Trouble)) throw error;
        return { hits: await byWords(text, replica), local: true };
      }
    },
    async 'contact.open'({ contactId, tabId }) {
      await Promise.all([replica.load(), pages.load()]);
      if (sync.locked) throw locked();
      const waits = replica.queued.some(({ command }) => contactOf(command) === contactId);
      if (!(await replica.cards([contactId])).has(contactId) && !waits) {
        await sync.use((api) => beside(replica, () => refetch(replica, api, [contactId], Date.now)));
      }
      if (tabId !== undefined) pages.open(tabId, contactId);
      const { situation } = await situationOf(parts, tabId);
      const cards = await replica.cards([contactId]);
      const companyId = cards.get(contactId)?.card.contact.companyId;
      const companies = await replica.companies(companyId === undefined ? [] : [companyId]);
      return handPerson(contactId, { ...situation, cards, companies });
    },
  };
}

/** For too long without its server: not even by hand is anything shown. */
export const locked = () => new Trouble('locked', 'the copy is locked');

/** A whole address or profile, tested against the local tags like one that a page shows. */
async function byKey(text: string, replica: Replica, asking: Asking): Promise<Hit[]> {
  const keys = [...emailKeys(text), typedProfileKey(text)].filter((key) => key !== undefined);
  const known = await replica.known(keys);
  if (known.size > 0) await asking.ask(known);
  const ids = await replica.idsByKeys(keys);
  const hits = await hitsOf(
    [...(await replica.cards([...new Set([...ids.values()].flat())])).values()],
    replica,
  );
  const fits = ({ email = '' }: Hit) => emailKeys(email).some((key) => keys.includes(key));
  // Whoever has the address itself comes before those who have another form of it.
  const exact = ({ email }: Hit) => Number(email !== undefined && `email:${email}` === keys[0]);
  return [...hits.sort((a, b) => exact(b) - exact(a)), ...addedHits(replica).filter(fits)];
}

/** Those held here whose name or company has words that begin like each of the words asked for. */
async function byWords(text: string, replica: Replica): Promise<Hit[]> {
  const wanted = normalName(text).split(' ');
  const hits = [...addedHits(replica), ...(await hitsOf(await replica.allCards(), replica))];
  const fits = ({ name, company }: Hit) => {
    const words = normalName(`${name} ${company ?? ''}`).split(' ');
    return wanted.every((start) => words.some((word) => word.startsWith(start)));
  };
  return hits.filter(fits).slice(0, MOST);
}

async function hitsOf(cards: HeldCard[], replica: Replica): Promise<Hit[]> {
  const ids = cards.map(({ card }) => card.contact.companyId).filter((id) => id !== undefined);
  const companies = await replica.companies([...new Set(ids)]);
  return cards.map(({ card }) => hitOf(card.contact, companies.get(card.contact.companyId ?? '')?.name));
}

export function hitOf(contact: HeldCard['card']['contact'], company: string | undefined): Hit {
  const [email] = contact.emails;
  return {
    id: contact.id,
    name: contact.name,
    ...(contact.title !== undefined && { title: contact.title }),
    ...(company !== undefined && { company }),
    ...(email !== undefined && { email }),
    ...(contact.stageId !== undefined && { stageId: contact.stageId }),
  };
}

/** People who wait to be added. */
function addedHits(replica: Replica): Hit[] {
  return ownQueued(replica).flatMap(({ command, refused }) => {
    if (command.kind !== 'contact.add' || refused) return [];
    const { card } = overlay(undefined, [command], undefined);
    return card ? [hitOf(card.contact, command.payload.companyName)] : [];
  });
}
