import { draftOf } from '../../utils/contract/definition.ts';
import { agree } from '../store/agreement.ts';
import type { Changed } from '../store/change.ts';
import type { Trx } from '../store/database.ts';
import { changeOf, createDefinition } from '../store/definition.ts';
import { AGREEMENT, OTHER_AGREEMENT } from './agreement.ts';
import type { Clock } from './clock.ts';
import { LEAD_TYPES, SALE_TYPES, STAGES } from './definitions.ts';
import { sampleId } from './random.ts';
import { TEAM } from './team.ts';

/** What the two teams have agreed on, and what the lead of each would have otherwise. */
export async function writeAgreed(trx: Trx, workspaceId: string, clock: Clock): Promise<Changed[]> {
  const all = [...Object.values(STAGES), ...LEAD_TYPES, ...SALE_TYPES];
  for (const one of all) await createDefinition(trx, workspaceId, one);
  const { mql } = STAGES;
  const draft = {
    ...draftOf(mql),
    entry: 'the problem is in their own words in a note, and they came back within 14 days',
    needs: [...(mql.needs ?? []), 'phone'],
  };
  const id = sampleId('proposal mql');
  await trx
    .insertInto('proposal')
    .values({
      workspace_id: workspaceId,
      ...{ id, kind: 'stage', definition_id: mql.id, draft: JSON.stringify(draft), base_revision: 1 },
      ...{ team: TEAM.tom.team, at: clock.workday(3, 14, 20), created_by: TEAM.tom.id },
      words:
        'A third of those we handed over in October had forgotten us. Let us hand over the fresh ones only.',
    })
    .execute();
  const other = await writeAgreement(trx, workspaceId, clock);
  return [
    ...all.map((one) => changeOf(one.kind ?? 'stage', one.id)),
    { kind: 'proposal', id },
    { kind: 'agreement', id: workspaceId },
    { kind: 'proposal', id: other },
  ];
}

/** @returns the id of the proposal to change it */
async function writeAgreement(trx: Trx, workspaceId: string, clock: Clock): Promise<string> {
  const terms = { proposedBy: TEAM.tom.id, agreedBy: TEAM.sofia.id, at: clock.workday(120, 10, 5) };
  await agree(trx, workspaceId, AGREEMENT, terms);
  const id = sampleId('proposal agreement');
  await trx
    .insertInto('proposal')
    .values({
      workspace_id: workspaceId,
      ...{ id, kind: 'agreement', definition_id: workspaceId, base_revision: 1 },
      ...{ draft: JSON.stringify(OTHER_AGREEMENT), team: TEAM.sofia.team, created_by: TEAM.sofia.id },
      at: clock.workday(1, 9, 40),
      words: 'Four of us cannot call twenty people a day. Ten whom we can reach are worth more.',
    })
    .execute();
  return id;
}
