import { v7 as uuid } from 'uuid';
import type { Stage } from '../utils/contract/definition.ts';
import { commitChanges } from './store/change.ts';
import { type Database, inWorkspace, type Trx } from './store/database.ts';
import { createDefinition } from './store/definition.ts';
import { addInvite } from './store/invite.ts';
import { createMember, insertWorkspace } from './store/workspace.ts';

/** What most teams start from, until the two have agreed on their own. `exit` reads on from “Done when …”. */
const STAGES: readonly Omit<Stage, 'id' | 'order' | 'revision'>[] = [
  {
    label: 'Subscriber',
    team: 'marketing',
    definition: 'Asked to hear from us; no interest in buying shown.',
    exit: 'they show interest in what we sell',
  },
  {
    label: 'Lead',
    team: 'marketing',
    definition: 'Showed interest; fit not checked yet.',
    exit: 'fit and interest are good enough to hand over',
  },
  {
    label: 'Marketing qualified',
    team: 'marketing',
    definition: 'Fits and is interested: offered to sales.',
    exit: 'sales accepts, or gives it back with a reason',
  },
  {
    label: 'Sales qualified',
    team: 'sales',
    definition: 'Sales accepted and is talking to them.',
    exit: 'there is a need, a budget and a date',
  },
  {
    label: 'Opportunity',
    team: 'sales',
    definition: 'A deal is being worked on.',
    exit: 'it is won or lost',
  },
  { label: 'Customer', team: 'both', definition: 'Has bought from us.' },
];

/** How a team begins. */
export interface FirstTeam {
  name: string;
  /** Whose people join by themselves at the company's sign-in. */
  joinDomains: readonly string[];
}

/**
 * Makes a workspace with the usual stages and one admin, who says who they are when they use the invitation.
 * @returns the secret of the invitation that makes its reader the admin
 */
export async function createFirstTeam(
  db: Database,
  { name, joinDomains }: FirstTeam = { name: 'My team', joinDomains: [] },
): Promise<string> {
  const workspaceId = uuid();
  const admin = uuid();
  // All at once: a start that is cut off here begins again.
  return inWorkspace(db, workspaceId, async (trx) => {
    await insertWorkspace(trx, workspaceId, name);
    if (joinDomains.length > 0) await letJoin(trx, workspaceId, joinDomains);
    await createMember(trx, workspaceId, { id: admin, name: 'Admin', team: 'both', role: 'admin' });
    const stages = STAGES.map((stage, index) => ({ ...stage, id: uuid(), order: index + 1, revision: 1 }));
    for (const stage of stages) await createDefinition(trx, workspaceId, stage);
    await commitChanges(trx, workspaceId, [
      { kind: 'member', id: admin },
      ...stages.map(({ id }) => ({ kind: 'stage', id }) as const),
    ]);
    const role = { memberId: admin, team: 'both', role: 'admin' } as const;
    const { token } = await addInvite(trx, workspaceId, { ...role, now: new Date() });
    return token;
  });
}

async function letJoin(trx: Trx, workspaceId: string, domains: readonly string[]): Promise<void> {
  await trx
    .updateTable('workspace')
    .set({ join_domains: [...domains] })
    .where('workspace_id', '=', workspaceId)
    .execute();
}
