import type { Company } from '../contract/company.ts';
import { LOOKUP_MAX } from '../contract/routes.ts';
import type { Batch, HeldCard } from '../replica/disk.ts';
import { keysOf } from '../replica/keys.ts';
import type { Replica } from '../replica/replica.ts';
import type { Api, Cards } from './api.ts';
import { beside } from './beside.ts';

export function* batches<T>(all: T[], size = LOOKUP_MAX): Generator<T[]> {
  for (let start = 0; start < all.length; start += size) yield all.slice(start, start + size);
}

/**
 * Makes the server's answer ready to be written, with those companies the cards name that are not held yet.
 * A card that is held in a newer version stays.
 * @param asked ids that the server was asked for; those it did not name are gone
 * @param fresh companies that go before held ones
 */
async function held(
  replica: Replica,
  api: Api,
  { rows, unreadable }: Cards,
  now: number,
  asked: string[] = [],
  fresh: Company[] = [],
): Promise<Required<Pick<Batch, 'cards' | 'companies' | 'named' | 'dropCards'>>> {
  const companyIds = new Set(rows.map(({ card }) => card.contact.companyId).filter((id) => id !== undefined));
  const known = await replica.companies([...companyIds]);
  const named = [...known.values()];
  for (const company of fresh) known.set(company.id, company);
  const companies: Company[] = [];
  for (const batch of batches([...companyIds].filter((id) => !known.has(id)))) {
    companies.push(...(await api.companies(batch)));
  }
  for (const company of companies) known.set(company.id, company);
  const before = await replica.cards(rows.map(({ id }) => id));
  const cards: HeldCard[] = [];
  for (const { id, version, card } of rows) {
    replica.unreadable.delete(id);
    if ((before.get(id)?.version ?? 0) > version) continue;
    const { companyId } = card.contact;
    const company = companyId === undefined ? undefined : known.get(companyId);
    cards.push({ id, version, card, keys: keysOf(card, company), fetchedAt: now });
  }
  for (const { id } of unreadable) {
    if (!replica.unreadable.has(id)) replica.unreadable.set(id, before.get(id)?.keys ?? []);
  }
  const answered = new Set([...rows.map(({ id }) => id), ...unreadable.map(({ id }) => id)]);
  return { cards, companies, named, dropCards: asked.filter((id) => !answered.has(id)) };
}

/**
 * Asks for these contacts, and for these companies whose held copies are old, in batches. Contacts that are no
 * longer there are dropped; of those who were erased, everything goes.
 */
export async function refetch(
  replica: Replica,
  api: Api,
  ids: string[],
  now: () => number,
  companyIds: string[] = [],
): Promise<Batch> {
  const all: Required<Pick<Batch, 'cards' | 'companies' | 'named' | 'dropCards' | 'erased'>> = {
    cards: [],
    companies: [],
    named: [],
    dropCards: [],
    erased: [],
  };
  for (const batch of batches(companyIds)) all.companies.push(...(await api.companies(batch)));
  for (const batch of batches([...new Set(ids)])) {
    const answer = await api.cards(batch);
    const part = await held(replica, api, answer, now(), batch, all.companies);
    all.erased.push(...answer.erased);
    all.cards.push(...part.cards);
    all.companies.push(...part.companies);
    all.named.push(...part.named);
    all.dropCards.push(...part.dropCards);
  }
  return all;
}

const lookingUp = new WeakMap<Replica, number>();

/** Whether somebody waits for a look-up: what can wait gives way. */
export const isLookingUp = (replica: Replica): boolean => (lookingUp.get(replica) ?? 0) > 0;

/** Asks for the contacts behind these match keys, by tag. A tag's collisions are left out. */
export async function lookup(replica: Replica, api: Api, keys: string[], now: () => number): Promise<void> {
  lookingUp.set(replica, (lookingUp.get(replica) ?? 0) + 1);
  try {
    for (const batch of batches(keys)) await beside(replica, () => fetchByTag(replica, api, batch, now));
  } finally {
    lookingUp.set(replica, (lookingUp.get(replica) ?? 1) - 1);
  }
}

async function fetchByTag(replica: Replica, api: Api, keys: string[], now: () => number): Promise<Batch> {
  const keyByTag = new Map<number, string>();
  for (const key of keys) {
    const tag = await replica.tag(key);
    if (tag !== undefined) keyByTag.set(tag, key);
  }
  const answer = await api.lookup([...keyByTag.keys()]);
  for (const { id, tags } of answer.unreadable) {
    const matched = tags.map((tag) => keyByTag.get(tag)).filter((key) => key !== undefined);
    replica.unreadable.set(id, matched);
  }
  const { companies = [] } = answer;
  const part = await held(replica, api, answer, now(), [], companies);
  const wanted = new Set(keys);
  const cards = part.cards.filter((card) => card.keys.some((key) => wanted.has(key)));
  const seen = cards.map(({ id }) => ({ id, at: now() }));
  return { cards, companies: [...companies, ...part.companies], named: part.named, seen };
}
