import { v7 as uuid } from 'uuid';
import { rebuildCards } from '../../../server/store/card.ts';
import { commitChanges } from '../../../server/store/change.ts';
import type { Trx } from '../../../server/store/database.ts';
import { syncTags } from '../../../server/store/tag.ts';
import { normalName } from '../../../utils/contract/match-key.ts';
import { PEOPLE } from './people.ts';

const FIRST = 4;
const NOTHING = {
  ...{ title: null, company_id: null, owner_id: null, stage_id: null, stage_at: null },
  ...{ do_not_contact: null, consent: null },
};

/** Those who are there from the beginning; told to the feed. */
export async function addPeople(trx: Trx, workspaceId: string, memberId: string): Promise<void> {
  const people = PEOPLE.slice(0, FIRST).map((person) => ({ id: uuid(), ...person }));
  const ids = people.map(({ id }) => id);
  const row = { workspace_id: workspaceId, created_by: memberId };
  await trx
    .insertInto('contact')
    .values(
      people.map(({ id, name }) => ({
        ...{ ...row, id, name, normal: normalName(name), provenance: '{}', ...NOTHING },
      })),
    )
    .execute();
  await trx
    .insertInto('identity')
    .values(
      people.map(({ id, email }) => ({ ...row, contact_id: id, kind: 'email', value: email, url: null })),
    )
    .execute();
  const tagged = await syncTags(trx, workspaceId, ids);
  const cards = await rebuildCards(trx, workspaceId, ids);
  await commitChanges(trx, workspaceId, [...cards.map((id) => ({ kind: 'card', id }) as const), ...tagged]);
}
