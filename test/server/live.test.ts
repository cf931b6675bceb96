import { v7 as uuid } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { commitChanges, readVersion } from '../../server/store/change.ts';
import { inWorkspace } from '../../server/store/database.ts';
import { claimsOf } from '../../utils/auth/claims.ts';
import type { Disk } from '../../utils/replica/disk.ts';
import { Front } from '../e2e/rig/front.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { type Opened, openBrowser } from './live-rig.ts';
import { type Server, startOne } from './stream-rig.ts';
import { createTeam, type Team } from './team.ts';

/** The browser's side of the live feed on the real server, behind a proxy that misbehaves on demand. */
let database: TestDatabase;
let team: Team;
let server: Server;
let front: Front;
let ann: string;
const opened: Opened[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startOne(database.url);
  front = new Front();
  front.target = server.url;
  await front.up();
});
beforeEach(async () => {
  front.holdsStreams = false;
  team = await createTeam(database.db);
  ann = await team.add('Ann Lee', { email: 'ann@acme.example' });
});
afterEach(async () => {
  for (const browser of opened.splice(0)) await browser.close();
});
afterAll(async () => {
  await front.down();
  await server.stop();
  await database.drop();
});

const KEY = 'email:ann@acme.example';
const DAY = 86_400_000;
const soon = { timeout: 20_000, interval: 5 };

/** A browser that holds Ann's card. */
async function open(more: { disk?: Disk; now?: () => number } = {}): Promise<Opened> {
  const { browserId } = claimsOf(team.token);
  const browser = await openBrowser({ ...team, browserId, url: front.url, ...more });
  opened.push(browser);
  if (!more.disk) expect(await browser.find(KEY)).toBe(ann);
  return browser;
}

const live = (browser: Opened, is = true) => vi.waitFor(() => expect(browser.live()).toBe(is), soon);
const pin = async (text: string, contactId = ann) => {
  const payload = { noteId: uuid(), contactId, text };
  expect(await team.command({ kind: 'note.pin', payload })).toMatchObject({ status: 'applied' });
};
const sees = (browser: Opened, text: string) =>
  vi.waitFor(async () => expect(await browser.notes(ann)).toContain(text), soon);
/** This many changes of other records, without any write to a card. */
const happen = (count: number) =>
  inWorkspace(database.db, team.workspaceId, async (trx) => {
    for (let left = count; left > 0; left -= 500) {
      const kinds = Array.from({ length: Math.min(500, left) }, () => ({
        kind: 'company' as const,
        id: uuid(),
      }));
      await commitChanges(trx, team.workspaceId, kinds);
    }
  });
const version = () => inWorkspace(database.db, team.workspaceId, (trx) => readVersion(trx, team.workspaceId));

test('a change arrives without being asked for', async () => {
  const browser = await open();
  await live(browser);
  await vi.waitFor(() => expect(browser.sync.connection.state).toBe('online'), soon);
  // The round that the stream's beginning causes.
  await browser.sync.wake();
  const before = browser.count('/v1/changes');
  await pin('Call after Easter');
  await sees(browser, 'Call after Easter');
  expect(browser.count('/v1/changes')).toBe(before);
});

test('cut again and again while others write, nothing is lost', async () => {
  const browser = await open();
  await live(browser);
  const people = new Map<string, string>();
  for (let nth = 0; nth < 15; nth += 1) {
    const email = `person${nth}@acme.example`;
    people.set(await team.add(`Person ${nth}`, { email }), `note ${nth}`);
    await browser.find(`email:${email}`);
  }
  await vi.waitFor(async () => expect(await browser.replica.cardIds()).toHaveLength(16), soon);
  for (const [nth, [id, text]] of [...people].entries()) {
    await pin(text, id);
    if (nth % 3 === 0) front.cut();
    if (nth % 7 === 0) browser.again();
  }
  for (const [id, text] of people) {
    await vi.waitFor(async () => expect(await browser.notes(id)).toEqual([text]), soon);
  }
  await vi.waitFor(async () => expect(browser.replica.meta.version).toBe(await version()), soon);
});

test('behind a proxy that holds answers back it polls, and is live once that is over', async () => {
  front.holdsStreams = true;
  const browser = await open();
  await vi.waitFor(() => expect(front.streams).toBe(1), soon);
  await pin('By asking');
  await sees(browser, 'By asking');
  // Given up after 5 s.
  await vi.waitFor(() => expect(front.streams).toBe(0), soon);
  expect(browser.live()).toBe(false);
  front.holdsStreams = false;
  browser.again();
  await live(browser);
  await pin('By being told');
  await sees(browser, 'By being told');
});

test('a computer that slept three days is in step soon, by reading what changed', async () => {
  const first = await open();
  await live(first);
  await first.close();
  await happen(2500);
  await pin('While you slept');
  const began = performance.now();
  const browser = await open({ disk: first.disk, now: () => Date.now() + 3 * DAY });
  await sees(browser, 'While you slept');
  await vi.waitFor(async () => expect(browser.replica.meta.version).toBe(await version()), soon);
  console.log(`in step after ${Math.round(performance.now() - began)} ms`);
  expect(browser.count('/v1/session')).toBeLessThanOrEqual(1);
  expect(browser.count('/v1/cards')).toBeLessThanOrEqual(3);
  const inStepAt = browser.sync.connection.inStepAt ?? 0;
  expect(Math.abs(Date.now() + 3 * DAY - inStepAt)).toBeLessThan(60_000);
  await live(browser);
});

test('one that was away for too long starts from a snapshot, and keeps what waits', async () => {
  const first = await open();
  await live(first);
  await first.close();
  await happen(10);
  await pin('Long ago');
  // As the pruning of old changes leaves it.
  await database.asOwner('update workspace set feed_floor = version where workspace_id = $1', [
    team.workspaceId,
  ]);
  await happen(3);
  const command = {
    ...{ id: uuid(), at: new Date().toISOString(), kind: 'note.pin' as const },
    payload: { noteId: uuid(), contactId: ann, text: 'Written on the train' },
  };
  const offline = await open({ disk: first.disk, now: () => Date.now() + 10 * DAY });
  await offline.replica.append({ ...team, server: front.url, command });
  void offline.sync.wake();
  await sees(offline, 'Long ago');
  await sees(offline, 'Written on the train');
  expect(offline.count('/v1/session')).toBeGreaterThanOrEqual(1);
  expect(offline.replica.queued).toEqual([]);
  await live(offline);
  await pin('And on');
  await sees(offline, 'And on');
});

test('who is removed while the stream is open is wiped at once', async () => {
  const browser = await open();
  await live(browser);
  await inWorkspace(database.db, team.workspaceId, async (trx) => {
    await trx.updateTable('member').set({ left_at: new Date() }).where('id', '=', team.memberId).execute();
    await commitChanges(trx, team.workspaceId, [{ kind: 'member', id: team.memberId }]);
  });
  await vi.waitFor(() => expect(browser.sync.connection.state).toBe('removed'), soon);
  expect(await browser.replica.cardIds()).toEqual([]);
  await live(browser, false);
});
