import { CARDS_MAX, rebuildCards } from '../../store/card.ts';
import { type Changed, commitChanges } from '../../store/change.ts';
import { rebuildCompanies } from '../../store/company.ts';
import type { Trx } from '../../store/database.ts';
import { syncDomainTags, syncTags } from '../../store/tag.ts';
import { besideAdds } from '../../store/turns.ts';
import type { Plan } from '../plan.ts';
import type { Row } from '../row.ts';
import type { Team } from '../team.ts';
import type { Claim } from './claim.ts';
import { applyCompany } from './company.ts';
import { applyFields, findContact, makeContact } from './contact.ts';
import { applyMembership, applyTouch } from './history.ts';
import { loadState } from './load.ts';
import type { BatchState, CompanyState } from './state.ts';
import { type Barred, findBarred, mayStay } from './suppressed.ts';
import { writeState } from './write.ts';

/** Most rows that go into one transaction: nobody waits longer than for these. */
export const BATCH_MAX = 500;

export interface Counts {
  added: number;
  changed: number;
  unchanged: number;
}

export interface Applied {
  counts: Counts;
  /** Lines that stayed out, since they are about people who were erased. */
  suppressed: number[];
  /** Lines that went in without an address or profile of such a person. */
  stripped: number[];
}

export interface BatchContext {
  workspaceId: string;
  plan: Plan;
  team: Team;
  /** As of when the file speaks, where a row does not say; ISO 8601. */
  asOf: string;
  /** When its content was first imported; ISO 8601. */
  readAt: string;
}

/** Applies rows in their order, in one transaction, with cards, tags and the change feed. */
export async function applyBatch(trx: Trx, context: BatchContext, rows: readonly Row[]): Promise<Applied> {
  const { workspaceId, plan } = context;
  await besideAdds(trx, workspaceId);
  const people = plan.subject === 'companies' ? [] : rows;
  const barred = await findBarred(trx, workspaceId, plan.source, people);
  const state = await loadState(trx, workspaceId, plan.source, rows);
  const counts: Counts = { added: 0, changed: 0, unchanged: 0 };
  const suppressed: number[] = [];
  const stripped: number[] = [];
  for (const row of rows) {
    const bar: Barred | undefined = barred.get(row);
    if (bar && !mayStay(state, bar, plan.source)) {
      suppressed.push(row.line);
      continue;
    }
    if (bar) stripped.push(row.line);
    const done =
      plan.subject === 'companies'
        ? applyCompanyRow(state, row, context)
        : applyRow(state, bar?.rest ?? row, context);
    counts[done] += 1;
  }
  await writeState(trx, workspaceId, plan.source, state, sourceLabel(plan));
  await commitChanges(trx, workspaceId, await derive(trx, workspaceId, state));
  return { counts, suppressed, stripped };
}

const sourceLabel = (plan: Plan) =>
  (plan.source === 'csv' ? 'the file' : plan.label.split(/[ ,]/)[0]) ?? 'the file';

function claimOf(row: Row, { plan, asOf, readAt }: BatchContext): Claim {
  // Nobody changed it tomorrow: a time that is still to come would outlast every later word.
  const changedAt = row.changedAt !== undefined && row.changedAt <= readAt ? row.changedAt : undefined;
  return { source: plan.source, at: changedAt ?? asOf, exact: changedAt !== undefined };
}

function applyCompanyRow(state: BatchState, row: Row, context: BatchContext): keyof Counts {
  const ownerId = row.owner && context.team.owner(row.owner, row.line);
  const applied = applyCompany(state, row, claimOf(row, context), true, ownerId || undefined);
  return applied?.outcome ?? 'unchanged';
}

function applyRow(state: BatchState, row: Row, context: BatchContext): keyof Counts {
  const claim = claimOf(row, context);
  const company = applyCompany(state, row, claim, false)?.company;
  const found = findContact(state, row, claim.source);
  const contact = found ?? makeContact(state, row, claim);
  const stated = {
    companyId: company?.id,
    ownerId: row.owner && context.team.owner(row.owner, row.line),
    stageId: row.stage && context.team.stage(row.stage, row.line),
  };
  const fields = applyFields(state, contact, row, stated, claim);
  const touched = applyTouch(state, contact, row, context.asOf);
  const joined = applyMembership(state, contact, row, claim.at);
  if (!found) return 'added';
  return fields || touched || joined ? 'changed' : 'unchanged';
}

/** Rebuilds what follows from the facts. @returns what the feed is told */
async function derive(trx: Trx, workspaceId: string, state: BatchState): Promise<Changed[]> {
  const contacts = [...state.contacts.values()];
  const companies = [...state.companies.values()].filter((company) => company.state !== 'same');
  const changedCompanies = await rebuildCompanies(
    trx,
    workspaceId,
    companies.map(({ id }) => id),
  );
  const keyed = contacts.filter((contact) => contact.keysChanged).map(({ id }) => id);
  const renamed = companies.filter((company) => company.state === 'changed' && company.keysChanged);
  const newDomains = companies.filter(({ newDomains }) => newDomains.length > 0).map(({ id }) => id);
  const retagged: Changed[] = [];
  for (const ids of chunks(newDomains)) retagged.push(...(await syncDomainTags(trx, workspaceId, ids)));
  for (const ids of chunks([...new Set([...keyed, ...(await peopleOf(trx, workspaceId, renamed))])])) {
    retagged.push(...(await syncTags(trx, workspaceId, ids)));
  }
  const stale = contacts.filter((contact) => contact.state !== 'same' || contact.historyChanged);
  const cards: string[] = [];
  for (const ids of chunks(stale.map(({ id }) => id)))
    cards.push(...(await rebuildCards(trx, workspaceId, ids)));
  const campaigns = [...state.campaigns.values()].filter((campaign) => campaign.isNew);
  const tell = (kind: Changed['kind'], ids: string[]) => ids.map((id): Changed => ({ kind, id }));
  return [
    ...tell('company', changedCompanies),
    ...tell(
      'campaign',
      campaigns.map(({ id }) => id),
    ),
    ...retagged,
    ...tell('card', cards),
  ];
}

async function peopleOf(trx: Trx, workspaceId: string, companies: CompanyState[]): Promise<string[]> {
  if (companies.length === 0) return [];
  const people = await trx
    .selectFrom('contact')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where(
      'company_id',
      'in',
      companies.map(({ id }) => id),
    )
    .execute();
  return people.map(({ id }) => id);
}

function* chunks(ids: string[]): Generator<string[]> {
  for (let start = 0; start < ids.length; start += CARDS_MAX) yield ids.slice(start, start + CARDS_MAX);
}
