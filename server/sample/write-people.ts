import type { Provenance } from '../../utils/contract/contact.ts';
import { normalName } from '../../utils/contract/match-key.ts';
import type { Trx } from '../store/database.ts';
import type { IdentityKind } from '../store/schema.ts';
import { campaignId } from './campaigns.ts';
import type { Clock } from './clock.ts';
import { STAGES } from './definitions.ts';
import type { Person } from './people.ts';
import { sampleId } from './random.ts';
import { hubspotId, salesforceId } from './records.ts';
import { TEAM } from './team.ts';
import { tell } from './tell.ts';
import { writeHandovers } from './write-handovers.ts';
import { typesOf, writeMoves } from './write-moves.ts';
import { companyId } from './write-shared.ts';

/** How long ago somebody came into a stage, at most. */
const STAGE_DAYS = { subscriber: 170, lead: 130, mql: 60, sql: 45, opportunity: 40, customer: 160 } as const;

/** @returns ids of the contacts */
export async function writePeople(
  trx: Trx,
  workspaceId: string,
  all: Person[],
  clock: Clock,
): Promise<string[]> {
  await trx
    .insertInto('contact')
    .values(all.map((person) => contactRow(workspaceId, person, clock)))
    .execute();
  await trx
    .insertInto('identity')
    .values(all.flatMap((person) => identityRows(workspaceId, person)))
    .execute();
  for (const person of all) await writeHistory(trx, workspaceId, person, clock);
  await writeMoves(trx, workspaceId, all);
  await writeHandovers(trx, workspaceId, all, clock);
  return all.map((person) => person.id);
}

function contactRow(workspaceId: string, person: Person, clock: Clock) {
  const { random, stage, owner } = person;
  const source = inSalesforce(person) ? 'salesforce' : 'hubspot';
  const at = clock.workday(3 + random.int(30), 7, random.int(60)).toISOString();
  const from: Provenance = { source, at };
  return {
    workspace_id: workspaceId,
    id: person.id,
    name: person.name,
    normal: normalName(person.name),
    title: person.title,
    company_id: person.company ? companyId(person.company.domain) : null,
    owner_id: owner ? TEAM[owner].id : null,
    stage_id: stage ? STAGES[stage].id : null,
    stage_at: stage ? clock.workday(3 + random.int(STAGE_DAYS[stage] - 3), 11, random.int(60)) : null,
    ...typesOf(person),
    do_not_contact: person.doNotContact ?? null,
    consent: person.consent,
    provenance: JSON.stringify({
      name: from,
      title: from,
      company: from,
      owner: from,
      stage: from,
      consent: from,
    }),
    source: source as 'salesforce' | 'hubspot',
    created_by: null,
    created_at: clock.at(140 + random.int(40)),
  };
}

/** Sales keeps its people in Salesforce too, from “Sales qualified” on. */
const inSalesforce = ({ stage }: Person) =>
  stage === 'sql' || stage === 'opportunity' || stage === 'customer';

function identityRows(workspaceId: string, person: Person) {
  const { random } = person;
  const list: [IdentityKind, string][] = person.emails.map((email) => ['email', email]);
  if (person.phone) list.push(['phone', person.phone]);
  if (person.linkedin) list.push(['linkedin', person.linkedin]);
  if (person.x) list.push(['x', person.x]);
  if (!inSalesforce(person) || random.chance(0.7)) list.push(['hubspot', hubspotId(random)]);
  if (inSalesforce(person)) list.push(['salesforce', salesforceId(random, '003')]);
  return list.map(([kind, value], position) => ({
    workspace_id: workspaceId,
    kind,
    value,
    contact_id: person.id,
    position,
    url: null,
    source: 'hubspot' as const,
    created_by: null,
  }));
}

async function writeHistory(trx: Trx, workspaceId: string, person: Person, clock: Clock): Promise<void> {
  const told = tell(person, clock);
  const base = { workspace_id: workspaceId, contact_id: person.id };
  const id = (what: string, place: number) => sampleId(`${what} ${place} ${person.id}`);
  const touches = told.touches.map(({ kind, direction, by, at, subject, excerpt }, place) => ({
    ...base,
    id: id('touch', place),
    kind,
    direction,
    team: TEAM[by].team,
    member_id: TEAM[by].id,
    at,
    subject,
    excerpt: excerpt ?? null,
    link: null,
    external_id: null,
    created_by: TEAM[by].id,
    created_at: at,
  }));
  const notes = told.notes.map(({ by, at, site, text }, place) => ({
    ...base,
    id: id('note', place),
    text,
    pinned: true,
    site,
    at,
    beside_id: null,
    created_by: TEAM[by].id,
    created_at: at,
  }));
  const tasks = told.tasks.map(({ by, dueOn, text }, place) => ({
    ...base,
    id: id('task', place),
    text,
    due_on: dueOn,
    assignee_id: TEAM[by].id,
    created_by: TEAM[by].id,
  }));
  const memberships = told.memberships.map(({ campaign, state, at }) => ({
    ...base,
    campaign_id: campaignId(campaign),
    state,
    at,
    created_by: null,
  }));
  if (touches.length > 0) await trx.insertInto('touch').values(touches).execute();
  if (notes.length > 0) await trx.insertInto('note').values(notes).execute();
  if (tasks.length > 0) await trx.insertInto('task').values(tasks).execute();
  if (memberships.length > 0) await trx.insertInto('campaign_member').values(memberships).execute();
}
