import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { v7 as uuid } from 'uuid';
import { openAccounts, pairDirectly } from '../../server/accounts/accounts.ts';
import { openSecretBox } from '../../server/accounts/secret-key.ts';
import { findPostgres } from '../../server/postgres.ts';
import { commitChanges } from '../../server/store/change.ts';
import { type Database, inWorkspace, openDatabase } from '../../server/store/database.ts';
import { createMember, createWorkspace } from '../../server/store/workspace.ts';
import { memoryDisk } from '../../utils/replica/memory-disk.ts';
import { Replica } from '../../utils/replica/replica.ts';
import { createApi } from '../../utils/sync/api.ts';
import { refetch } from '../../utils/sync/cards.ts';
import { round } from '../../utils/sync/round.ts';
import type { Run } from '../../utils/sync/run.ts';
import { startOver } from '../../utils/sync/start-over.ts';
import { fetchTags } from '../../utils/sync/tags.ts';
import { startChild } from '../server/child.ts';
import { processor } from './feed-rig.ts';
import { fill } from './lookup-data.ts';
import type { Report } from './run.ts';

const CONTACTS = 100_000;
/** Whom the team works with: 20 people with 2,000 each, of whom a browser holds one's. */
const WORKED = 40_000;
const HELD = 2000;
const CHANGES_A_DAY = 2000;
const NEW_A_DAY = 40;
const DAY = 86_400_000;

const contactId = (n: number) => `0190c000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
const heldIds = Array.from({ length: HELD }, (_, n) => contactId((n + 1) * (WORKED / HELD)));

let clock = Date.now();
const now = () => clock;

/**
 * What a browser has to fetch to be current after a day and after 30 days away, and how long a whole snapshot takes:
 * the shipped sync code against a server as it is started, over HTTP, in bytes of the answers' bodies. A day is 2,000
 * changes of cards, evenly over those that the team works with, and 40 new people.
 */
export async function bench(report: Report): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'truce-bench-'));
  const room = { TRUCE_LIMIT_PERSON: '100000', TRUCE_LIMIT_WORKSPACE: '100000' };
  const server = startChild(folder, room);
  try {
    const url = await server.listening;
    const databaseUrl = (await findPostgres(folder)) ?? '';
    const db = openDatabase(databaseUrl, 4);
    const accounts = await openAccounts(db, await openSecretBox({ folder, secretKeys: [] }), url);
    const workspaceId = await createWorkspace(db, 'Bench');
    await fill(databaseUrl, workspaceId, CONTACTS);
    const memberId = await addPeople(db, workspaceId);
    const token = await pairDirectly(db, accounts, workspaceId, memberId);

    const [day, month] = [await browser(url, token), await browser(url, token)];
    const whole = month.sizes();
    report('whole snapshot, tags', sum(whole, /^\/.*tags/) / 1e6, 'MB');
    report(
      'whole snapshot, 2,000 cards and their companies',
      sum(whole, /^\/.*(cards|companies)/) / 1e6,
      'MB',
    );

    await oneDay(db, workspaceId, day.run);
    await tell(report, 'after a day', day);
    for (let n = 1; n < 30; n += 1) await oneDay(db, workspaceId, day.run);
    await tell(report, 'after 30 days', month);

    clock += DAY;
    const [busy, began] = [await processor(server), performance.now()];
    await startOver(day.run);
    await fetchTags(day.run);
    report('snapshot of 100,000 contacts', (performance.now() - began) / 1000, 's', '≤ 10');
    report('snapshot of 100,000 contacts, the server for it', (await processor(server)) - busy, 'ms');
    const all = day.sizes();
    report('snapshot of 100,000 contacts, all of it', sum(all) / 1e6, 'MB');
    report('snapshot of 100,000 contacts, gzipped', sum(all, ZIPPED) / 1e6, 'MB');
    await db.close();
    server.process.kill('SIGTERM');
    await server.ended;
  } finally {
    server.process.kill();
    await server.ended;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @returns the first one's id */
async function addPeople(db: Database, workspaceId: string): Promise<string> {
  const ids = Array.from({ length: 20 }, () => uuid());
  await inWorkspace(db, workspaceId, async (trx) => {
    for (const id of ids)
      await createMember(trx, workspaceId, { id, name: `Rep ${id}`, team: 'sales', role: 'member' });
    await commitChanges(
      trx,
      workspaceId,
      ids.map((id) => ({ kind: 'member', id })),
    );
  });
  return ids[0] ?? '';
}

interface Browser {
  run: Run;
  /** Bytes of the answers since the last call, by path, and after `gzip ` as a proxy may pack them. */
  sizes(): Map<string, number>;
}

/** A browser that is in step and holds its person's cards. */
async function browser(url: string, token: string): Promise<Browser> {
  const bodies: { path: string; body: ArrayBuffer }[] = [];
  const counted: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    const body = await answer.arrayBuffer();
    bodies.push({ path: new URL(String(input)).pathname, body });
    return new Response(body, answer);
  };
  const disk = memoryDisk();
  const replica = new Replica(async () => disk);
  const api = createApi(url, async () => token, counted);
  const run: Run = { replica, api, now, changed: () => {} };
  await replica.load();
  await replica.write({ meta: { server: url } });
  await round(run);
  await replica.write(await refetch(replica, api, heldIds, now));
  if ((await replica.cardIds()).length !== HELD) throw new Error('[bench] not all cards are held');
  return {
    run,
    sizes() {
      const sizes = new Map<string, number>();
      const add = (name: string, bytes: number) => sizes.set(name, (sizes.get(name) ?? 0) + bytes);
      for (const { path, body } of bodies.splice(0)) {
        add(path, body.byteLength);
        add(`gzip ${path}`, gzipSync(body).byteLength);
      }
      return sizes;
    },
  };
}

async function oneDay(db: Database, workspaceId: string, { api }: Run): Promise<void> {
  for (let n = 0; n < CHANGES_A_DAY; n += 20) {
    const ids = new Set(Array.from({ length: 20 }, () => contactId(1 + Math.floor(Math.random() * WORKED))));
    await inWorkspace(db, workspaceId, (trx) =>
      commitChanges(
        trx,
        workspaceId,
        [...ids].map((id) => ({ kind: 'card', id })),
      ),
    );
  }
  const at = new Date().toISOString();
  const results = await api.commands(
    Array.from({ length: NEW_A_DAY }, () => {
      const payload = {
        contactId: uuid(),
        name: `Ann Lee ${uuid()}`,
        email: `${uuid()}@new.example`,
        companyName: `Company ${Math.floor(Math.random() * 1000)}`,
      };
      return { id: uuid(), at, kind: 'contact.add' as const, payload };
    }),
  );
  if (results.some(({ status }) => status !== 'applied')) throw new Error('[bench] nobody was added');
}

/** Brings it up to date, and says what that took. */
async function tell(report: Report, when: string, { run, sizes }: Browser): Promise<void> {
  clock += DAY;
  sizes();
  const began = performance.now();
  await round(run);
  const took = performance.now() - began;
  const { version, tagsStale, tagsVersion } = run.replica.meta;
  const latest = await run.api.session();
  if (version !== latest.version || tagsStale || tagsVersion === undefined)
    throw new Error('[bench] it is not current');
  const taken = sizes();
  report(`current ${when}, all bytes`, sum(taken) / 1000, 'kB');
  report(`current ${when}, all bytes gzipped`, sum(taken, ZIPPED) / 1000, 'kB');
  report(`current ${when}, changes`, sum(taken, /^\/.*changes/) / 1000, 'kB');
  report(`current ${when}, cards that are held`, sum(taken, /^\/.*(cards|companies)/) / 1000, 'kB');
  report(`current ${when}, tags`, sum(taken, /^\/.*tags/) / 1000, 'kB');
  report(`current ${when}, in`, took / 1000, 's');
}

const ZIPPED = /^gzip /;
const PLAIN = /^\//;

const sum = (sizes: Map<string, number>, which = PLAIN): number =>
  [...sizes].reduce((all, [path, bytes]) => all + (which.test(path) ? bytes : 0), 0);
