import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuid } from 'uuid';
import * as v from 'valibot';
import { openAccounts, pairDirectly } from '../../server/accounts/accounts.ts';
import { startPostgres } from '../../server/postgres.ts';
import { type Database, inWorkspace, openDatabase } from '../../server/store/database.ts';
import { migrate } from '../../server/store/migrate.ts';
import { createMember, createWorkspace } from '../../server/store/workspace.ts';
import { DEFAULT_WALLS } from '../../server/walls/settings.ts';
import { CardsAnswer } from '../../utils/contract/card.ts';
import { BENCH_BOX, BENCH_URL } from './isolation-server.ts';
import { fill, warm } from './lookup-data.ts';

type Report = (name: string, value: number, unit: string, goal?: string) => void;

const CONTACTS = 100_000;
const TAGS = 50;
const ROUNDS = 1500;
const BURST = 300;
/** As the extension sends it. */
const ORIGIN = `chrome-extension://${DEFAULT_WALLS.extensionIds[0]}`;

/**
 * What it costs a look-up of 50 that tokens, membership and limits are checked and rows are kept apart: over
 * HTTP, against a server of the same code without them. And what one tenant's flood does to another.
 */
export async function bench(report: Report): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'truce-bench-'));
  const postgres = await startPostgres({ folder });
  const children: ChildProcessWithoutNullStreams[] = [];
  const start = async (file: string, ...args: string[]) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, file), ...args]);
    children.push(child);
    child.stderr.pipe(process.stderr);
    return child;
  };
  const serve = async (kind: string, workspaceId: string) =>
    firstLine(await start('isolation-server.ts', kind, postgres.url, workspaceId));
  try {
    await migrate(postgres.url);
    const db = openDatabase(postgres.url, 2);
    const [ours, other] = [await createWorkspace(db, 'Ours'), await createWorkspace(db, 'Other')];
    await fill(postgres.url, ours, CONTACTS);
    await warm(postgres.url);
    const [token = ''] = await pair(db, ours, 1);
    const flooders = await pair(db, other, 20);

    const [whole, bare] = [await serve('whole', ours), await serve('bare', ours)];
    const both = [asker(whole, token), asker(bare, token)] as const;
    await inTurns(both, 400);
    const [kept, open] = await inTurns(both, ROUNDS);
    report('look-up of 50 over HTTP, all checks, p50', percentile(kept, 0.5), 'ms');
    report('look-up of 50 over HTTP, without, p50', percentile(open, 0.5), 'ms');
    report('sign-in checks and isolation', percentile(kept, 0.5) / percentile(open, 0.5), 'times', '≤ 1.3');

    const limited = await serve('limited', ours);
    const ask = asker(limited, token);
    await times(ask, 100);
    const alone = await calmly(ask);
    const flood = await start('isolation-flood.ts', String(limited), tagsBody(), ...flooders);
    await sleep(1500);
    const beside = await calmly(ask);
    const answers = firstLine(flood);
    flood.stdin.end();
    report('a tenant alone, p95', percentile(alone, 0.95), 'ms');
    report('beside 200 look-ups at a time of another tenant, p95', percentile(beside, 0.95), 'ms');
    report(
      'one tenant’s flood on another',
      percentile(beside, 0.95) / percentile(alone, 0.95),
      'times',
      '≤ 2',
    );
    console.log(`# the flood's answers: ${await answers}`);
    await db.close();
  } finally {
    for (const child of children) child.kill();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Access tokens of so many people of a workspace. */
async function pair(db: Database, workspaceId: string, count: number): Promise<string[]> {
  const accounts = await openAccounts(db, BENCH_BOX, BENCH_URL);
  return Promise.all(
    Array.from({ length: count }, async () => {
      const id = uuid();
      await inWorkspace(db, workspaceId, (trx) =>
        createMember(trx, workspaceId, { id, name: 'Bench', team: 'sales', role: 'member' }),
      );
      return pairDirectly(db, accounts, workspaceId, id);
    }),
  );
}

/** The address' tag of 50 contacts picked at random. */
const tagsBody = () =>
  JSON.stringify({
    tags: Array.from({ length: TAGS }, () => {
      const n = 1 + Math.floor(Math.random() * CONTACTS);
      return createHash('md5').update(`${n}-1`).digest().readUIntBE(0, 6);
    }),
  });

type Ask = () => Promise<number>;

/** Milliseconds of a look-up on a connection of its own that stays open. */
function asker(port: string, token: string): Ask {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let checked = false;
  return () =>
    new Promise((done, fail) => {
      const body = tagsBody();
      const headers = {
        authorization: `Bearer ${token}`,
        origin: ORIGIN,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      };
      const started = performance.now();
      const asking = request({ agent, port, method: 'POST', path: '/v1/lookup', headers }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          const ms = performance.now() - started;
          if (answer.statusCode !== 200) return fail(new Error(`[bench] ${answer.statusCode}`));
          if (!checked) {
            const { cards } = v.parse(CardsAnswer, JSON.parse(Buffer.concat(parts).toString()));
            if (cards.length < TAGS - 2) return fail(new Error(`[bench] ${cards.length} cards`));
            checked = true;
          }
          done(ms);
        });
      });
      asking.on('error', fail);
      asking.end(body);
    });
}

async function times(ask: Ask, count: number): Promise<number[]> {
  const all: number[] = [];
  for (let n = 0; n < count; n += 1) all.push(await ask());
  return all;
}

/** One after the other in turns, so that what else the machine does hits both. */
async function inTurns([one, two]: readonly [Ask, Ask], rounds: number): Promise<[number[], number[]]> {
  const all: [number[], number[]] = [[], []];
  for (let n = 0; n < rounds; n += 1) {
    all[0].push(await one());
    all[1].push(await two());
  }
  return all;
}

/** As somebody who reads mail: within the limits of one person, with pauses. */
async function calmly(ask: Ask): Promise<number[]> {
  const all: number[] = [];
  for (let n = 0; n < BURST; n += 1) {
    all.push(await ask());
    await sleep(60);
  }
  return all;
}

function firstLine(child: ChildProcessWithoutNullStreams): Promise<string> {
  return new Promise((done, fail) => {
    let text = '';
    child.stdout.on('data', (bytes) => {
      text += String(bytes);
      if (text.includes('\n')) done(text.trim());
    });
    child.on('exit', () => fail(new Error('[bench] a process ended')));
  });
}

const percentile = (values: number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;
