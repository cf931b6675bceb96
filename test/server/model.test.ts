import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { LONG, times } from '../series.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { Place } from './model/place.ts';
import { play } from './model/run.ts';
import { seriesOf } from './model/steps.ts';

/**
 * Five browsers with the shipped sync code, the shipped server and a real PostgreSQL, on a network and with clocks
 * and workers that fail: whatever happens in between, in the end all hold the same and nothing is lost.
 */
let database: TestDatabase;
/** What the extension says of errors that nobody expected. */
const reported: unknown[] = [];
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase();
  vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
  folder = await mkdtemp(join(tmpdir(), 'truce-model-'));
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Schedules in one workspace, and workspaces of one seed. */
const ROW = 5;
const ROWS = 10;
const BLOCK = ROW * ROWS;
const BLOCKS = times(200, 3);
/** Schedules at a time, each with a server and clock of its own: most of their time they wait for the database. */
const LANES = 6;
/** Where a run that was ended goes on. */
const FROM = Number(process.env.TRUCE_MODEL_FROM ?? 1);

/** So that it is seen whether anything went on in them. */
const WHAT_HAPPENED = `select
  (select count(*) from workspace) as workspaces, (select count(*) from command) as commands,
  (select json_object_agg(reason, n) from (select coalesce(result->>'reason', 'applied') as reason, count(*) as n
    from command group by 1) r) as results,
  (select count(*) from note where beside_id is not null) as kept_beside,
  (select count(*) from note where revision > 1) as notes_edited, (select count(*) from erasure) as erased,
  (select count(*) from tag_key where key_no > 1) as keys_changed,
  (select count(*) from workspace where feed_floor > 0) as feeds_that_forgot,
  (select count(*) from import_file) as imports`;

test(`${BLOCK * BLOCKS} schedules end with everybody in step and nothing lost`, {
  timeout: 7_200_000,
}, async () => {
  let next = FROM;
  const lanes = Array.from({ length: LANES }, async () => {
    const place = await Place.open(database.db);
    for (let seed = next++; seed <= BLOCKS; seed = next++) {
      await fc.assert(
        fc.asyncProperty(seriesOf(ROW), (series) => play(place, folder, series)),
        { seed, numRuns: ROWS, endOnFailure: true },
      );
      if (LONG)
        console.log(`${new Date().toISOString()} schedules of seed ${seed}: all in step, nothing lost`);
    }
  });
  await Promise.all(lanes);
  if (LONG) console.log(JSON.stringify(await database.asOwner(WHAT_HAPPENED)));
  expect(reported).toEqual([]);
});
