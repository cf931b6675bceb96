import type { Member } from '../../utils/contract/member.ts';
import { rebuildCards } from '../store/card.ts';
import { type Changed, commitChanges } from '../store/change.ts';
import { rebuildCompanies } from '../store/company.ts';
import { type Database, inWorkspace, type Trx } from '../store/database.ts';
import { MATCH_RULES, syncDomainTags, syncTags } from '../store/tag.ts';
import { insertTagKey } from '../store/tag-key.ts';
import { createMember } from '../store/workspace.ts';
import { type Clock, clockOf } from './clock.ts';
import { people } from './people.ts';
import { sampleId } from './random.ts';
import { TEAM } from './team.ts';
import { writeAgreed } from './write-agreed.ts';
import { writePeople } from './write-people.ts';
import { writeCampaigns, writeCompanies } from './write-shared.ts';

export interface Sample {
  workspaceId: string;
  /** The first one is whose mailbox the sample mailbox is. */
  members: Member[];
}

/**
 * A team of nine with its contacts, campaigns and half a year of history, told up to `now`. The same every
 * time but for its tag key. When it is there already nothing is written.
 */
export async function createSample(db: Database, now: Date): Promise<Sample> {
  const workspaceId = sampleId('workspace');
  const members = Object.values(TEAM);
  await inWorkspace(db, workspaceId, async (trx) => {
    const made = await trx
      .insertInto('workspace')
      .values({ workspace_id: workspaceId, name: 'Waypoint (sample)' })
      .onConflict((conflict) => conflict.doNothing())
      .returning('workspace_id')
      .execute();
    if (made.length > 0) await fill(trx, workspaceId, clockOf(now));
  });
  return { workspaceId, members };
}

async function fill(trx: Trx, workspaceId: string, clock: Clock): Promise<void> {
  await insertTagKey(trx, workspaceId, MATCH_RULES);
  for (const member of Object.values(TEAM)) await createMember(trx, workspaceId, member);
  const agreed = await writeAgreed(trx, workspaceId, clock);
  const campaigns = await writeCampaigns(trx, workspaceId, clock);
  const companies = await writeCompanies(trx, workspaceId, clock);
  const contacts = await writePeople(trx, workspaceId, people(), clock);
  await rebuildCompanies(trx, workspaceId, companies);
  const tags = [
    ...(await syncDomainTags(trx, workspaceId, companies)),
    ...(await syncTags(trx, workspaceId, contacts)),
  ];
  await rebuildCards(trx, workspaceId, contacts);
  const all = (kind: Changed['kind'], ids: string[]): Changed[] => ids.map((id) => ({ kind, id }));
  await commitChanges(trx, workspaceId, [
    ...all(
      'member',
      Object.values(TEAM).map((member) => member.id),
    ),
    ...agreed,
    ...all('campaign', campaigns),
    ...all('company', companies),
    ...all('card', contacts),
    ...tags,
  ]);
}
