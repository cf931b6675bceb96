import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pairDirectly } from '../../server/accounts/accounts.ts';
import { freePort } from '../../server/postgres/launch.ts';
import { type Child, startChild, temporaryFolder } from './child.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { gathered, openStream } from './stream-rig.ts';
import { createTeam, openTestAccounts, type Team } from './team.ts';

/** As it is deployed: several processes, one database, one address before them. */
const ADDRESS = 'http://127.0.0.1:8787';

let database: TestDatabase;
let team: Team;
let token: string;
let data: Awaited<ReturnType<typeof temporaryFolder>>;
const started: Child[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  data = await temporaryFolder();
  team = await createTeam(database.db);
  const accounts = await openTestAccounts(database.db, ADDRESS);
  token = await pairDirectly(database.db, accounts, team.workspaceId, team.memberId);
});
afterAll(async () => {
  for (const child of started) {
    child.process.kill('SIGKILL');
    await child.ended;
  }
  await data.remove();
  await database.drop();
});

/** @param n of the servers: each has a folder of its own */
async function startServer(n: number): Promise<{ child: Child; url: string }> {
  const port = await freePort();
  const child = startChild(`${data.folder}/${n}`, {
    DATABASE_URL: database.url,
    TRUCE_URL: ADDRESS,
    TRUCE_PORT: String(port),
    TRUCE_SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
  });
  started.push(child);
  await child.listening;
  return { child, url: `http://127.0.0.1:${port}` };
}

async function pinAt(url: string, contactId: string): Promise<number> {
  const payload = { noteId: uuid(), contactId, text: 'x' };
  const command = { id: uuid(), at: new Date().toISOString(), kind: 'note.pin', payload };
  const answer = await fetch(`${url}/v1/commands`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ commands: [command] }),
  });
  const { results } = (await answer.json()) as { results: { version: number }[] };
  return results[0]?.version ?? 0;
}

test('what is written at one server comes from the other; the stream of one that is killed goes on there', async () => {
  const contactId = await team.add('Ann Lee');
  const [one, two] = [await startServer(1), await startServer(2)];
  const streams = [await openStream(one.url, token, 0), await openStream(two.url, token, 0)];
  for (const { url } of [one, two]) {
    const version = await pinAt(url, contactId);
    for (const stream of streams) await stream.reached(version);
  }
  const [first, second] = streams;
  if (!first || !second) throw new Error('no streams');
  one.child.process.kill('SIGKILL');
  expect(await first.over).toBe('cut');
  for (let n = 0; n < 3; n += 1) await pinAt(two.url, contactId);
  const { version } = gathered(first.heard, 0);
  const again = await openStream(two.url, token, version);
  const latest = await pinAt(two.url, contactId);
  await again.reached(latest);
  const both = gathered([...first.heard, ...again.heard], 0);
  await second.reached(latest);
  expect(both).toEqual(gathered(second.heard, 0));
  two.child.process.kill('SIGTERM');
  expect(await Promise.all([again.over, second.over])).toEqual(['end', 'end']);
  expect(await two.child.ended).toBe(0);
});
