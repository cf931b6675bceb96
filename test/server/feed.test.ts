import { v7 as uuid } from 'uuid';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commitChanges } from '../../server/store/change.ts';
import { inWorkspace } from '../../server/store/database.ts';
import { CardsAnswer } from '../../utils/contract/card.ts';
import { ChangesAnswer } from '../../utils/contract/change.ts';
import { Session } from '../../utils/contract/routes.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createTeam, type Team } from './team.ts';

let database: TestDatabase;
let team: Team;

beforeAll(async () => {
  database = await createTestDatabase();
  team = await createTeam(database.db);
});
afterAll(() => database.drop());

const changes = async (since: number) =>
  v.parse(ChangesAnswer, await (await team.request(`/v1/changes?since=${since}`)).json());

const latest = async () => v.parse(Session, await (await team.request('/v1/session')).json()).version;

test('parallel commands: no gap, no change behind a reader’s back, no card without all its facts', async () => {
  const start = await latest();
  const people = await Promise.all(['Ada A', 'Ben B', 'Cleo C', 'Dan D'].map((name) => team.add(name)));
  const seen = new Map<string, number>();
  let reading = true;
  const reader = (async () => {
    // A client that follows the cursor must end with the last version of each card, however they interleave.
    let cursor = start;
    while (reading || cursor < (await latest())) {
      const page = await changes(cursor);
      for (const change of page.changes) {
        expect(change.version).toBeGreaterThan(cursor);
        seen.set(change.id, change.version);
      }
      cursor = page.version;
    }
  })();
  const results = await Promise.all(
    Array.from({ length: 80 }, (_, index) => {
      const contactId = people[index % people.length] ?? '';
      return index % 2
        ? team.command({ kind: 'note.pin', payload: { noteId: uuid(), contactId, text: `note ${index}` } })
        : team.command({
            kind: 'touch.log',
            payload: {
              touchId: uuid(),
              contactId,
              kind: 'call',
              direction: 'out',
              at: new Date().toISOString(),
            },
          });
    }),
  );
  reading = false;
  await reader;
  const versions = results.map((result) => (result.status === 'applied' ? result.version : 0));
  const sorted = versions.toSorted((a, b) => a - b);
  expect(sorted).toEqual(Array.from({ length: 80 }, (_, index) => (sorted[0] ?? 0) + index));
  const answer = await team.request('/v1/cards', { body: { ids: people } });
  const { cards } = v.parse(CardsAnswer, await answer.json());
  expect(cards.map(({ id, version }) => [id, version])).toEqual(cards.map(({ id }) => [id, seen.get(id)]));
  expect(cards.map(({ card }) => card.notes.length + card.touchCount)).toEqual([20, 20, 20, 20]);
});

test('each record appears once, with its last version', async () => {
  const contactId = await team.add('Eve E');
  const since = await latest();
  for (const text of ['one', 'two', 'three']) {
    await team.command({ kind: 'note.pin', payload: { noteId: uuid(), contactId, text } });
  }
  const answer = await changes(since);
  expect(answer.changes).toEqual([{ version: since + 3, kind: 'card', id: contactId }]);
  expect(await changes(since + 3)).toEqual({ version: since + 3, changes: [], more: false });
});

test('a long feed comes in pages that never cut a version in two', async () => {
  const since = await latest();
  for (const size of [600, 600, 1500, 1]) {
    await inWorkspace(database.db, team.workspaceId, (trx) =>
      commitChanges(
        trx,
        team.workspaceId,
        Array.from({ length: size }, () => ({ kind: 'company', id: uuid() })),
      ),
    );
  }
  const sizes: [number, boolean][] = [];
  for (let cursor = since; ; ) {
    const page = await changes(cursor);
    sizes.push([page.changes.length, page.more]);
    cursor = page.version;
    if (!page.more) break;
  }
  expect(sizes).toEqual([
    [1200, true],
    [1500, true],
    [1, false],
  ]);
});

test('who has more to read than is worth it starts afresh, and who is near does not', async () => {
  const since = await latest();
  const write = (size: number) =>
    inWorkspace(database.db, team.workspaceId, (trx) =>
      commitChanges(
        trx,
        team.workspaceId,
        Array.from({ length: size }, () => ({ kind: 'company', id: uuid() })),
      ),
    );
  await write(1500);
  const near = await latest();
  for (let n = 0; n < 4; n += 1) await write(5001);
  expect(await changes(since)).toMatchObject({ reset: true, changes: [], more: false });
  expect(await changes(near)).toMatchObject({ more: true });
});

test('a version from another life of the database, or too old, asks for a fresh start', async () => {
  const version = await latest();
  expect(await changes(version + 1)).toMatchObject({ reset: true, changes: [], version });
  await database.asOwner('update workspace set feed_floor = $1', [version - 1]);
  expect(await changes(version - 2)).toMatchObject({ reset: true });
  expect((await changes(version - 1)).reset).toBeUndefined();
  expect((await team.request('/v1/changes?since=-1')).status).toBe(400);
  expect((await team.request('/v1/changes?since=1e9')).status).toBe(400);
});
