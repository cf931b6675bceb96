import { afterAll, beforeAll, expect, test } from 'vitest';
import { commitChanges } from '../../server/store/change.ts';
import { rebuildCompanies } from '../../server/store/company.ts';
import { inWorkspace } from '../../server/store/database.ts';
import { editNote, pinNote } from '../../utils/commands.ts';
import { memoryDisk } from '../../utils/replica/memory-disk.ts';
import { Replica } from '../../utils/replica/replica.ts';
import { createApi } from '../../utils/sync/api.ts';
import { refetch } from '../../utils/sync/cards.ts';
import { round } from '../../utils/sync/round.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createTeam, type Team } from './team.ts';

/** What random schedules have found (model.test.ts), told by itself. */
let database: TestDatabase;
let team: Team;

beforeAll(async () => {
  database = await createTestDatabase();
  team = await createTeam(database.db);
});
afterAll(() => database.drop());

function browser() {
  const replica = new Replica(async () => memoryDisk());
  const api = createApi(
    'http://server.test',
    async () => team.token,
    (input, init) => {
      const { pathname, search } = new URL(String(input));
      const headers = Object.fromEntries(new Headers(init?.headers));
      const body = typeof init?.body === 'string' ? init.body : undefined;
      return team.request(pathname + search, { headers, ...(body !== undefined && { body }) });
    },
  );
  return {
    replica,
    meet: () => round({ replica, api, now: Date.now, changed: () => undefined }),
    hold: async (id: string) => replica.write(await refetch(replica, api, [id], Date.now)),
  };
}

test('a company that no held card names is not kept as it was when a copy starts over', async () => {
  const ann = await team.add('Ann Lee', { email: 'ann@acme.example', companyName: 'Acme' });
  const bob = await team.add('Bob Ray', { email: 'bob@acme.example', companyName: 'Acme' });
  const one = browser();
  await one.meet();
  await one.hold(ann);
  const companyId = (await one.replica.cards([ann])).get(ann)?.card.contact.companyId ?? '';
  await one.replica.write({ dropCards: [ann] });
  await inWorkspace(database.db, team.workspaceId, async (trx) => {
    await trx.updateTable('company').set({ name: 'Acme Logistics' }).where('id', '=', companyId).execute();
    const changed = await rebuildCompanies(trx, team.workspaceId, [companyId]);
    await commitChanges(
      trx,
      team.workspaceId,
      changed.map((id) => ({ kind: 'company', id })),
    );
  });
  // The feed has forgotten what happened.
  await database.asOwner('update workspace set feed_floor = version where workspace_id = $1', [
    team.workspaceId,
  ]);
  await one.meet();
  await one.hold(bob);
  expect((await one.replica.companies([companyId])).get(companyId)?.name).toBe('Acme Logistics');
});

test('what somebody wrote as they still might is answered as it was decided; what they did not, is refused', async () => {
  const contactId = await team.add('Cleo Day', { email: 'cleo@acme.example' });
  const [first, second] = ['as a member', 'as a viewer'].map((text) => pinNote({ contactId, text }));
  if (!first || !second) throw new Error();
  const decided = await team.command(first);
  await database.asOwner(`update member set role = 'viewer' where id = $1`, [team.memberId]);
  team.forget();
  const ask = (commands: object[]) => team.request('/v1/commands', { body: { commands } });
  const edit = editNote(1, { contactId, noteId: first.payload.noteId, text: 'by a viewer' });
  const refused = [second, edit].map(({ id }) => ({ id, status: 'refused', reason: 'role' }));
  expect(await (await ask([first, second, edit])).json()).toEqual({ results: [decided, ...refused] });
  expect((await ask([second])).status).toBe(403);
  // A copy that comes late applies nothing that was called refused.
  await database.asOwner(`update member set role = 'member' where id = $1`, [team.memberId]);
  team.forget();
  expect(await (await ask([second])).json()).toEqual({ results: [refused[0]] });
});
