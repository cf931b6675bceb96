import type { Trx } from '../store/database.ts';
import { LEAD_TYPES, SALE_TYPES, STAGES, type StageKey } from './definitions.ts';
import type { Person } from './people.ts';
import { sampleId, seeded } from './random.ts';
import { TEAM } from './team.ts';

/** Why somebody came into a stage, as whoever moved them put it. */
const WHY: Record<StageKey, readonly string[]> = {
  subscriber: ['Signed up for the newsletter.'],
  lead: ['Asked for the guide to empty runs.', 'Came to the webinar and stayed to the end.'],
  mql: ['Named the problem in a form: trucks wait at the dock.', 'Back for the third time in a week.'],
  sql: ['Spoke with them: it costs a driver a day.', 'First call went well; they own the problem.'],
  opportunity: [
    'Offer is out, they decide before the end of the quarter.',
    'They compare us with one other.',
  ],
  customer: ['Signed.'],
};

/** Which kind of lead and of sale somebody is, where that has been found out. */
export function typesOf(person: Person): { lead_type_id: string | null; sale_type_id: string | null } {
  const random = seeded(`types ${person.id}`);
  const { stage } = person;
  const led = stage !== undefined && stage !== 'subscriber' && random.chance(0.8);
  const meant = (stage === 'sql' || stage === 'opportunity' || stage === 'customer') && random.chance(0.7);
  const [fresh, ...more] = SALE_TYPES;
  const sale = stage === 'customer' ? random.pick(more) : fresh;
  return {
    lead_type_id: led ? random.pick(LEAD_TYPES).id : null,
    sale_type_id: meant ? (sale?.id ?? null) : null,
  };
}

/** How people came into the stage they are in. Call it when they are there. */
export async function writeMoves(trx: Trx, workspaceId: string, all: Person[]): Promise<void> {
  const rows = await trx
    .selectFrom('contact')
    .select(['id', 'stage_at'])
    .where('workspace_id', '=', workspaceId)
    .execute();
  const since = new Map(rows.map(({ id, stage_at }) => [id, stage_at]));
  const order = Object.keys(STAGES) as StageKey[];
  const moves = all.flatMap(({ id, stage, owner }) => {
    const at = since.get(id);
    const from = stage && order[order.indexOf(stage) - 1];
    if (!stage || !from || !at) return [];
    const to = STAGES[stage];
    const by = to.team === 'marketing' ? TEAM.mia : TEAM[owner ?? 'daniel'];
    return {
      ...{ workspace_id: workspaceId, id: sampleId(`move ${id}`), contact_id: id },
      ...{ from_id: STAGES[from].id, to_id: to.id, to_revision: to.revision, at, member_id: by.id },
      reason: seeded(`move ${id}`).pick(WHY[stage]),
    };
  });
  await trx.insertInto('stage_move').values(moves).execute();
}
