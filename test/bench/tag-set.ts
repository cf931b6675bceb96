import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import { openAccounts, pairDirectly } from '../../server/accounts/accounts.ts';
import { startPostgres } from '../../server/postgres.ts';
import { commitChanges } from '../../server/store/change.ts';
import { type Database, inWorkspace, openDatabase } from '../../server/store/database.ts';
import { migrate } from '../../server/store/migrate.ts';
import { syncTags } from '../../server/store/tag.ts';
import { beginRotation, stepTags } from '../../server/store/tag-rotation.ts';
import { createMember, createWorkspace } from '../../server/store/workspace.ts';
import { DEFAULT_WALLS } from '../../server/walls/settings.ts';
import { VERSION_HEADER } from '../../utils/contract/routes.ts';
import { TAG_BYTES, TAGS_HEADERS } from '../../utils/contract/tags.ts';
import { BENCH_BOX, BENCH_URL } from './isolation-server.ts';
import { CONTACTS, fill } from './lookup-data.ts';

type Report = (name: string, value: number, unit: string, goal?: string) => void;

const TAGS = 3 * CONTACTS;
const TOUCHED = 1000;

/**
 * The set of tags of a million contacts over HTTP, whole and as a delta of a thousand, and what it takes to make the
 * tags of a new key.
 */
export async function bench(report: Report): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'truce-bench-'));
  const postgres = await startPostgres({ folder });
  let child: ChildProcessWithoutNullStreams | undefined;
  try {
    await migrate(postgres.url);
    const db = openDatabase(postgres.url, 2);
    const workspaceId = await createWorkspace(db, 'Bench');
    await fill(postgres.url, workspaceId);
    const memberId = uuid();
    await inWorkspace(db, workspaceId, (trx) =>
      createMember(trx, workspaceId, { id: memberId, name: 'Bench', team: 'sales', role: 'admin' }),
    );
    const token = await pairDirectly(db, await openAccounts(db, BENCH_BOX, BENCH_URL), workspaceId, memberId);
    child = spawn(process.execPath, [
      join(import.meta.dirname, 'isolation-server.ts'),
      ...['whole', postgres.url, workspaceId],
    ]);
    child.stderr.pipe(process.stderr);
    const pid = child.pid ?? 0;
    const port = await firstLine(child);
    const ask = (query: string) => read(`http://127.0.0.1:${port}/v1/tags?key=1${query}`, token);
    await ask('&since=0');
    const before = await megabytes(pid);
    const whole = await ask('');
    if (whole.count < TAGS || whole.bytes !== whole.count * TAG_BYTES)
      throw new Error(`[bench] ${whole.bytes} bytes for ${whole.count} tags`);
    const again = await ask('');
    report('whole set of 3,000,000 tags, first', whole.ms, 'ms');
    report('whole set of 3,000,000 tags, again', again.ms, 'ms');
    report('until its first byte', again.first, 'ms');
    report('size of it', whole.bytes / 1e6, 'MB');
    const few = await Promise.all(Array.from({ length: 5 }, () => ask('')));
    report('five at a time, the last', Math.max(...few.map(({ ms }) => ms)), 'ms');
    report('memory of the server that this takes at its peak', (await megabytes(pid)) - before, 'MB');
    await addPeople(db, workspaceId, TOUCHED);
    const deltas = [];
    for (let n = 0; n < 20; n += 1) deltas.push(await ask(`&since=${whole.version}`));
    const [delta] = deltas;
    if (delta?.added !== TOUCHED) throw new Error(`[bench] ${delta?.added} added`);
    report('delta of 1,000 among 3,000,000, p50', median(deltas.map(({ ms }) => ms)), 'ms');
    report('size of it', delta.bytes / 1000, 'kB');
    const none = [];
    for (let n = 0; n < 20; n += 1) none.push((await ask(`&since=${delta.version}`)).ms);
    report('delta of nothing, p50', median(none), 'ms');
    await rotate(report, db, workspaceId, memberId);
    await db.close();
  } finally {
    child?.kill();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function addPeople(db: Database, workspaceId: string, count: number): Promise<void> {
  await inWorkspace(db, workspaceId, async (trx) => {
    const ids = Array.from({ length: count }, () => uuid());
    const who = { workspace_id: workspaceId, created_by: null };
    await trx
      .insertInto('contact')
      .values(ids.map((id) => ({ ...who, id, name: 'New', normal: 'new', ...NOTHING })))
      .execute();
    await trx
      .insertInto('identity')
      .values(
        ids.map((id) => ({
          ...who,
          contact_id: id,
          kind: 'email' as const,
          value: `${id}@new.example`,
          url: null,
        })),
      )
      .execute();
    await commitChanges(trx, workspaceId, await syncTags(trx, workspaceId, ids));
  });
}

const NOTHING = {
  ...{ title: null, company_id: null, owner_id: null, stage_id: null },
  ...{ do_not_contact: null, consent: null },
};

/** Steps of a new key's tags, 100 of the 2,000. */
async function rotate(report: Report, db: Database, workspaceId: string, memberId: string): Promise<void> {
  const actor = {
    workspaceId,
    browserId: uuid(),
    member: { id: memberId, team: 'sales', role: 'admin' },
  } as const;
  await inWorkspace(db, workspaceId, (trx) => beginRotation(trx, actor));
  const steps = [];
  for (let n = 0; n < 180; n += 1) {
    const start = performance.now();
    await inWorkspace(db, workspaceId, (trx) => stepTags(trx, workspaceId, new Date()));
    // The first ones are companies.
    if (n >= 80) steps.push(performance.now() - start);
  }
  report('tags of 500 contacts under a new key, p50', median(steps), 'ms');
}

async function read(url: string, token: string) {
  const start = performance.now();
  const answer = await fetch(url, {
    headers: {
      authorization: `Bearer ${token}`,
      origin: `chrome-extension://${DEFAULT_WALLS.extensionIds[0]}`,
    },
  });
  if (answer.status !== 200) throw new Error(`[bench] ${answer.status}`);
  let [bytes, first] = [0, 0];
  for await (const piece of answer.body ?? []) {
    first ||= performance.now() - start;
    bytes += piece.length;
  }
  const header = (name: string) => Number(answer.headers.get(name));
  return {
    ...{ ms: performance.now() - start, first, bytes, version: header(VERSION_HEADER) },
    ...{ count: header(TAGS_HEADERS.count), added: header(TAGS_HEADERS.added) },
  };
}

/** Most that a process has held, of memory. */
async function megabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
}

function firstLine(child: ChildProcessWithoutNullStreams): Promise<string> {
  return new Promise((done, fail) => {
    child.stdout.once('data', (bytes) => done(String(bytes).trim()));
    child.once('exit', () => fail(new Error('[bench] the server ended')));
  });
}

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
