import { connect } from 'node:net';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pairDirectly } from '../../server/accounts/accounts.ts';
import type { FeedSettings } from '../../server/feed/feed.ts';
import { endBrowser } from '../../server/store/browser.ts';
import { type Changed, commitChanges } from '../../server/store/change.ts';
import { inWorkspace } from '../../server/store/database.ts';
import { createMember } from '../../server/store/workspace.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { gathered, openStream, type Server, type Stream, startOne } from './stream-rig.ts';
import { createTeam, openTestAccounts, type Team } from './team.ts';

let database: TestDatabase;
let team: Team;
let one: Server;
let two: Server;
const others: Server[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  team = await createTeam(database.db);
  [one, two] = [await startOne(database.url), await startOne(database.url)];
});
afterAll(async () => {
  await Promise.all([one, two, ...others].map((server) => server.stop()));
  await database.drop();
});

const start = async (settings: Partial<FeedSettings>) => {
  const server = await startOne(database.url, settings);
  others.push(server);
  return server;
};
const tell = (changes: Changed[], workspaceId = team.workspaceId) =>
  inWorkspace(database.db, workspaceId, (trx) => commitChanges(trx, workspaceId, changes));
const some = (count = 1): Changed[] => Array.from({ length: count }, () => ({ kind: 'company', id: uuid() }));
const latest = () => tell([]);

/** A browser of somebody new. */
async function somebody(of: Team = team) {
  const memberId = uuid();
  await inWorkspace(database.db, of.workspaceId, (trx) =>
    createMember(trx, of.workspaceId, { id: memberId, name: 'Vic Viewer', team: 'sales', role: 'viewer' }),
  );
  const accounts = await openTestAccounts(database.db);
  const token = await pairDirectly(database.db, accounts, of.workspaceId, memberId);
  const bearer = await accounts.tokens.verify(token);
  return { token, memberId, browserId: bearer?.browserId ?? '' };
}

test('a stream begins at once, with the headers that keep others from holding it back, and one line of the log', async () => {
  const since = await latest();
  const stream = await openStream(one.url, team.token, since);
  expect(stream.status).toBe(200);
  expect(stream.headers).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  await stream.find(({ event }) => event === 'hello');
  expect(one.lines).toContainEqual(
    expect.objectContaining({ path: '/v1/stream', status: 200, id: stream.headers['x-request-id'] }),
  );
  stream.leave();
});

test('what one writes comes to the streams of all servers, by id and version only', async () => {
  const since = await latest();
  const streams = [
    await openStream(one.url, team.token, since),
    await openStream(two.url, (await somebody()).token, since),
  ];
  const contactId = await team.add('Ann Lee', { email: 'ann@acme.example' });
  for (const stream of streams) {
    const { id, data } = await stream.find(({ event }) => event === 'changes');
    expect(data).toEqual({ since, version: since + 1, changes: expect.any(Array) });
    expect(id).toBe(String(since + 1));
    expect(data.changes).toContainEqual({ version: since + 1, kind: 'card', id: contactId });
    expect(JSON.stringify(stream.heard)).not.toMatch(/ann|acme/i);
    stream.leave();
  }
});

test('nothing of another workspace', async () => {
  const other = await createTeam(database.db);
  const stream = await openStream(one.url, other.token, 0);
  await tell(some());
  const version = await tell(some(), other.workspaceId);
  await stream.reached(version);
  expect(gathered(stream.heard, 0).last.size).toBe(2);
  stream.leave();
});

test('who joins gets what they missed in pages, then what comes; who is too old or of another life is told so', async () => {
  const since = await latest();
  for (const size of [600, 600, 1500, 1]) await tell(some(size));
  const stream = await openStream(one.url, team.token, since);
  await stream.reached(since + 4);
  await tell(some());
  await stream.reached(since + 5);
  const pages = stream.heard.filter(({ event }) => event === 'changes').map(({ data }) => data);
  expect(pages.map((page) => [page.since - since, page.version - since, page.changes.length])).toEqual([
    [0, 2, 1200],
    [2, 3, 1500],
    [3, 4, 1],
    [4, 5, 1],
  ]);
  stream.leave();
  await database.asOwner('update workspace set feed_floor = $1 where workspace_id = $2', [
    since + 1,
    team.workspaceId,
  ]);
  for (const from of [since, since + 1000]) {
    const lost = await openStream(one.url, team.token, from);
    const first = await lost.find(({ event }) => event === 'changes');
    const version = await latest();
    expect(first.data).toEqual({ since: from, version, changes: [], reset: true });
    await tell(some());
    await lost.reached(version + 1);
    lost.leave();
  }
});

test('many who join while many write, on both servers, miss nothing', async () => {
  const start = await latest();
  const ids = Array.from({ length: 30 }, () => uuid());
  const streams: { stream: Stream; since: number }[] = [];
  let writing = true;
  const joining = (async () => {
    for (let n = 0; writing || n < 24; n += 1) {
      const since = start + Math.floor(Math.random() * ((await latest()) - start + 1));
      const server = n % 2 ? one : two;
      const { token } = await somebody();
      streams.push({ since, stream: await openStream(server.url, token, since) });
    }
  })();
  await Promise.all(
    Array.from({ length: 8 }, async (_, writer) => {
      for (let n = 0; n < 40; n += 1) {
        const picked = ids.filter((__, index) => (index + n) % 7 === writer % 7);
        await tell(picked.map((id) => ({ kind: 'card', id })));
      }
    }),
  );
  writing = false;
  await joining;
  const end = await tell(some());
  const rows = await database.asOwner<{ key: string; version: string }>(
    `select kind || ' ' || id as key, max(version) as version from change where workspace_id = $1 group by 1`,
    [team.workspaceId],
  );
  for (const { stream, since } of streams) {
    await stream.reached(end);
    const { version, last } = gathered(stream.heard, since);
    const wanted = rows.filter((row) => Number(row.version) > since);
    expect(version).toBe(end);
    expect(new Map([...last].filter(([, at]) => at > since))).toEqual(
      new Map(wanted.map((row) => [row.key, Number(row.version)])),
    );
    stream.leave();
  }
});

test('who is removed is told so at once, whose browser is ended soon, and others stay', async () => {
  const server = await start({ checkEvery: 1 });
  const since = await latest();
  const [removed, ended, stays] = [await somebody(), await somebody(), await somebody()];
  const [first, second, third] = [
    await openStream(one.url, removed.token, since),
    await openStream(server.url, ended.token, since),
    await openStream(server.url, stays.token, since),
  ];
  await inWorkspace(database.db, team.workspaceId, async (trx) => {
    const { workspaceId } = team;
    await trx
      .updateTable('member')
      .set({ left_at: new Date() })
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', removed.memberId)
      .execute();
    await commitChanges(trx, workspaceId, [{ kind: 'member', id: removed.memberId }]);
  });
  expect((await first.find(({ event }) => event === 'bye')).data).toEqual({ code: 'removed' });
  expect(await first.over).toBe('end');
  await inWorkspace(database.db, team.workspaceId, (trx) =>
    endBrowser(trx, team.workspaceId, ended.browserId, { reason: 'owner' }),
  );
  expect((await second.find(({ event }) => event === 'bye')).data).toEqual({ code: 'ended' });
  expect(await second.over).toBe('end');
  await third.reached(await tell(some()));
  third.leave();
});

test('a cursor that is none is refused, and HEAD has the headers alone', async () => {
  for (const since of ['-1', '1e9', 'x'])
    expect((await team.request(`/v1/stream?since=${since}`)).status).toBe(400);
  const answer = await fetch(`${one.url}/v1/stream?since=0`, {
    method: 'HEAD',
    headers: { authorization: `Bearer ${team.token}` },
  });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  expect((await fetch(`${one.url}/v1/stream?since=0`)).status).toBe(401);
});

test('a database that tells nothing is asked', async () => {
  const silent = await start({ listen: false });
  const since = await latest();
  const stream = await openStream(silent.url, team.token, since);
  await stream.reached(await tell(some()));
  await stream.reached(await tell(some()));
  expect(gathered(stream.heard, since).last.size).toBe(2);
  stream.leave();
});

test('a proxy that speaks HTTP/1.0 gets the stream bare, without the lengths of chunks', async () => {
  const since = await latest();
  const { hostname, port } = new URL(one.url);
  const socket = connect(Number(port), hostname);
  let text = '';
  const heard = new Promise<void>((done) => {
    socket.setEncoding('utf8').on('data', (more) => {
      text += String(more);
      if (text.includes('event: changes') && text.endsWith('\n\n')) done();
    });
  });
  socket.write(
    `GET /v1/stream?since=${since} HTTP/1.0\r\nhost: x\r\nauthorization: Bearer ${team.token}\r\n\r\n`,
  );
  await expect.poll(() => text).toContain('event: hello');
  const version = await tell(some());
  await heard;
  const body = text.slice(text.indexOf('\r\n\r\n') + 4);
  expect(text).not.toMatch(/^transfer-encoding/im);
  expect(body).toMatch(/^event: hello\ndata: \{\}\n\nevent: changes\nid: \d+\ndata: \{[^\n]+\}\n\n$/);
  expect(body).toContain(`id: ${version}\n`);
  socket.destroy();
});
