import type { Card } from '../contract/card.ts';
import type { Batch } from '../replica/disk.ts';
import { writtenAbout } from '../replica/erased.ts';
import { keysOf } from '../replica/keys.ts';
import { queuedHere } from '../replica/own.ts';
import type { Replica } from '../replica/replica.ts';
import type { Api } from './api.ts';
import { notePassed } from './beside.ts';
import { batches, refetch } from './cards.ts';
import type { Run } from './run.ts';
import { noteSession } from './session.ts';

/**
 * What is held stays readable meanwhile, and is asked for again; only another workspace's is dropped. The set of
 * tags is fetched after that (`fetchTags`): it can be large.
 */
export async function startOver(run: Run): Promise<void> {
  const { replica, api, now, changed } = run;
  const inStepAt = now();
  // The version comes first: what happens while the rest is fetched is then among the changes.
  const session = await api.session();
  noteSession(run);
  const { server, browserId, workspaceId, locked, tagKey, tagKeyNo } = replica.meta;
  const other = workspaceId !== undefined && workspaceId !== session.workspace.id;
  const shared = await api.shared();
  const cards = other ? {} : await refetchAll(replica, api, now);
  // What was begun meanwhile may have found companies that go now.
  notePassed(replica);
  await replica.write({
    ...cards,
    clear: other,
    shared,
    meta: {
      ...(server !== undefined && { server }),
      ...(browserId !== undefined && { browserId }),
      ...(locked && { locked }),
      ...(session.lockDays !== undefined && { lockDays: session.lockDays }),
      workspaceId: session.workspace.id,
      workspace: session.workspace.name,
      me: session.me,
      version: session.version,
      // Without a version: it tells who is known until the set of now is here.
      ...(!other && tagKey !== undefined && { tagKey }),
      ...(!other && tagKeyNo !== undefined && { tagKeyNo }),
      tagKeyStale: true,
      inStepAt,
    },
  });
  changed();
}

/**
 * Whatever is held may have changed, also companies that nobody held names: only what is asked for now stays of them,
 * since a card that names one of them later would find it as it was.
 */
async function refetchAll(replica: Replica, api: Api, now: () => number): Promise<Batch> {
  notePassed(replica);
  const held = await replica.allCards();
  const about = writtenAbout(queuedHere(replica), await replica.draftForms());
  const companyIds = held.map(({ card }) => card.contact.companyId).filter((id) => id !== undefined);
  const ids = new Set([...held.map(({ id }) => id), ...about]);
  const batch = await refetch(replica, api, [...ids], now, [...new Set(companyIds)]);
  const { cards = [] } = batch;
  const fresh = new Map((batch.companies ?? []).map((company) => [company.id, company]));
  const named = new Set(cards.map(({ card }) => card.contact.companyId).filter((id) => id !== undefined));
  for (const some of batches([...named].filter((id) => !fresh.has(id)))) {
    for (const company of await api.companies(some)) fresh.set(company.id, company);
  }
  const companyOf = ({ contact }: Card) => fresh.get(contact.companyId ?? '');
  return {
    ...batch,
    clearCompanies: true,
    named: [],
    companies: [...fresh.values()],
    cards: cards.map((each) => ({ ...each, keys: keysOf(each.card, companyOf(each.card)) })),
  };
}
