import { createServer, get } from 'node:http';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pairDirectly } from '../../server/accounts/accounts.ts';
import { piece } from '../../server/feed/encode.ts';
import type { FeedSettings } from '../../server/feed/feed.ts';
import { Listener } from '../../server/feed/listener.ts';
import { commitChanges } from '../../server/store/change.ts';
import { inWorkspace } from '../../server/store/database.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { openStream, type Server, startOne } from './stream-rig.ts';
import { createTeam, openTestAccounts, type Team } from './team.ts';

let database: TestDatabase;
let team: Team;
const servers: Server[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  team = await createTeam(database.db);
});
afterAll(async () => {
  for (const server of servers) await server.stop();
  await database.drop();
});

const start = async (settings: Partial<FeedSettings> = {}) => {
  const server = await startOne(database.url, settings);
  servers.push(server);
  return server;
};
const browser = async (of = team) =>
  pairDirectly(database.db, await openTestAccounts(database.db), of.workspaceId, of.memberId);
const tell = (count: number) =>
  inWorkspace(database.db, team.workspaceId, (trx) =>
    commitChanges(
      trx,
      team.workspaceId,
      Array.from({ length: count }, () => ({ kind: 'company', id: uuid() })),
    ),
  );

test('a browser has a few streams, the newest ones', async () => {
  const { url } = await start();
  const since = await tell(1);
  const streams = [];
  for (let n = 0; n < 5; n += 1) streams.push(await openStream(url, team.token, since));
  expect(await Promise.all(streams.slice(0, 2).map(({ over }) => over))).toEqual(['end', 'end']);
  const version = await tell(1);
  for (const stream of streams.slice(2)) {
    await stream.reached(version);
    stream.leave();
  }
});

test('a workspace and a server have their limits, and who leaves makes room', async () => {
  const { url } = await start({ streams: 3, workspaceStreams: 2 });
  const other = await createTeam(database.db);
  const [first, second] = [
    await openStream(url, await browser(), 0),
    await openStream(url, await browser(), 0),
  ];
  const third = await browser();
  const refused = await openStream(url, third, 0);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  const theirs = await openStream(url, other.token, 0);
  expect(theirs.status).toBe(200);
  expect((await openStream(url, await browser(other), 0)).status).toBe(429);
  first.leave();
  await expect
    .poll(async () => {
      const stream = await openStream(url, third, 0);
      stream.leave();
      return stream.status;
    })
    .toBe(200);
  second.leave();
  theirs.leave();
});

test('streams hold no turn: with as many open as one may ask at a time, the next request is answered', async () => {
  const { url } = await start();
  const streams = await Promise.all(
    Array.from({ length: 12 }, async () => openStream(url, await browser(), 0)),
  );
  const answer = await fetch(`${url}/v1/session`, { headers: { authorization: `Bearer ${team.token}` } });
  expect(answer.status).toBe(200);
  for (const stream of streams) stream.leave();
});

test('who does not read is cut off, and comes again from its cursor', async () => {
  const { url } = await start();
  const since = await tell(1);
  const slow = await openStream(url, await browser(), since);
  slow.pause();
  const quick = await openStream(url, await browser(), since);
  let version = since;
  for (let n = 0; n < 8; n += 1) {
    version = await tell(15_000);
    await quick.reached(version);
  }
  slow.resume();
  expect(await slow.over).toBe('cut');
  const got = slow.heard.filter(({ event }) => event === 'changes').at(-1)?.data.version ?? since;
  expect(got).toBeLessThan(version);
  const again = await openStream(url, await browser(), got);
  await again.reached(version);
  again.leave();
  quick.leave();
});

test('so is one that does not take the little there is, after half a minute', async () => {
  const listeners: Listener[] = [];
  const closed: Listener[] = [];
  const server = createServer((_, response) => {
    response.socket?.setNoDelay(true);
    listeners.push(new Listener('b', response, (over) => closed.push(over)));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as { port: number };
  const asking = get({ port, host: '127.0.0.1', agent: false }, (answer) => answer.pause());
  asking.on('error', () => {});
  await expect.poll(() => listeners.length).toBe(1);
  const [listener] = listeners;
  if (!listener) throw new Error('no listener');
  // More than what the system keeps for both ends, a little at a time.
  const much = piece(Buffer.alloc(64 * 1024, 'x'));
  for (let filled = false; !filled; ) {
    listener.send(much);
    filled = await Promise.race([
      listener.room().then(() => false),
      new Promise<boolean>((done) => setTimeout(() => done(true), 200)),
    ]);
  }
  expect(listener.closed).toBe(false);
  listener.beat(0);
  listener.beat(20_000);
  expect(listener.closed).toBe(false);
  listener.beat(40_000);
  expect(listener.closed).toBe(true);
  await expect.poll(() => closed.length).toBe(1);
  asking.destroy();
  await new Promise((done) => server.close(done));
});

test('a stop ends all streams in order and waits for none', async () => {
  const server = await startOne(database.url);
  const streams = await Promise.all(
    Array.from({ length: 20 }, async () => openStream(server.url, await browser(), 0)),
  );
  const stopped = server.feed.stop();
  expect(await Promise.all(streams.map(({ over }) => over))).toEqual(Array(20).fill('end'));
  await stopped;
  const late = await openStream(server.url, team.token, 0);
  expect(late.status).toBe(503);
  await server.stop();
});

test('who is removed while the server still thinks that they may come in gets no stream', async () => {
  const of = await createTeam(database.db);
  const { url } = await start();
  const token = await browser(of);
  const headers = { authorization: `Bearer ${token}` };
  expect((await fetch(`${url}/v1/session`, { headers })).status).toBe(200);
  await database.asOwner('update member set left_at = now() where id = $1', [of.memberId]);
  const stream = await openStream(url, token, 0);
  expect(stream.status).toBe(200);
  expect((await stream.find(({ event }) => event === 'bye')).data).toEqual({ code: 'removed' });
  expect(await stream.over).toBe('end');
});
