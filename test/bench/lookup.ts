import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { startPostgres } from '../../server/postgres.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { lookup } from '../../server/store/lookup.ts';
import { migrate } from '../../server/store/migrate.ts';
import { createWorkspace } from '../../server/store/workspace.ts';
import { CardsAnswer } from '../../utils/contract/card.ts';
import { CONTACTS, fill, warm } from './lookup-data.ts';

type Report = (name: string, value: number, unit: string, goal?: string) => void;

const TAGS = 50;
const ROUNDS = 2000;
const COLD_ROUNDS = 200;

/** A look-up of 50 among a million contacts, as the route runs it, against `select 1` on the same connection. */
export async function bench(report: Report): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'truce-bench-'));
  const postgres = await startPostgres({ folder });
  try {
    await migrate(postgres.url);
    const db = openDatabase(postgres.url, 1);
    const workspaceId = await createWorkspace(db, 'Bench');
    await fill(postgres.url, workspaceId);
    const text = await lookup(db, workspaceId, someTags());
    const size = Buffer.byteLength(text);
    const first = v.parse(CardsAnswer, JSON.parse(text));
    if (first.cards.length !== TAGS) throw new Error(`[bench] ${first.cards.length} cards of ${TAGS}`);
    const cold = await compare(db, workspaceId, COLD_ROUNDS);
    await warm(postgres.url);
    await compare(db, workspaceId, COLD_ROUNDS);
    const { plain, whole } = await compare(db, workspaceId, ROUNDS);
    report('size of an answer of 50', size / 1000, 'kB');
    report('select 1, p50', percentile(plain, 0.5), 'ms');
    report('lookup of 50 among 1,000,000, p50', percentile(whole, 0.5), 'ms');
    report('lookup of 50 among 1,000,000, p95', percentile(whole, 0.95), 'ms');
    report('lookup against select 1', percentile(whole, 0.5) / percentile(plain, 0.5), 'times', '≤ 8');
    report(
      'the same, cards not in memory yet',
      percentile(cold.whole, 0.5) / percentile(cold.plain, 0.5),
      'times',
    );
    await db.close();
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Milliseconds of both, taken in turns on the pool's one connection. */
async function compare(
  db: Database,
  workspaceId: string,
  rounds: number,
): Promise<{ plain: number[]; whole: number[] }> {
  const plain: number[] = [];
  const whole: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const tags = someTags();
    plain.push(await timed(() => db.pool.query('select 1')));
    whole.push(await timed(() => lookup(db, workspaceId, tags)));
  }
  return { plain, whole };
}

/** The address' tag of 50 contacts picked at random. */
function someTags(): number[] {
  return Array.from({ length: TAGS }, () => {
    const n = 1 + Math.floor(Math.random() * CONTACTS);
    return createHash('md5').update(`${n}-1`).digest().readUIntBE(0, 6);
  });
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

const percentile = (values: number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;
