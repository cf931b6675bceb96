import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LONG, times } from '../series.ts';
import { COMPILED } from './child.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createImportRig, hubspotRows } from './import-rig.ts';

const MAIN = resolve(import.meta.dirname, '../../server/import/main.ts');
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

function start(args: string[]): ChildProcess & { said: () => string } {
  const env = { ...process.env, ...COMPILED, DATABASE_URL: database.url, NODE_OPTIONS: '' };
  const child = spawn(resolve('node_modules/.bin/node'), [MAIN, ...args], { env });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  return Object.assign(child, { said: () => said });
}

async function finish(args: string[]): Promise<{ code: number | null; said: string }> {
  const child = start(args);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said: child.said() };
}

/** What a workspace holds, without ids and without what depends on when it was written. */
async function content(workspaceId: string) {
  return database.asOwner(
    `select c.name, c.title, s.label, o.name as company, c.provenance, c.created_at,
      (select json_agg(json_build_array(kind, value, position) order by kind, value) from identity i
        where i.workspace_id = c.workspace_id and i.contact_id = c.id) as identities,
      (select count(*) from touch t where t.workspace_id = c.workspace_id and t.contact_id = c.id) as touches,
      (select count(*) from tag t where t.workspace_id = c.workspace_id and t.contact_id = c.id) as tags,
      (select length(body) from card d where d.workspace_id = c.workspace_id and d.contact_id = c.id) as card
     from contact c left join definition s on s.workspace_id = c.workspace_id and s.id = c.stage_id
     left join company o on o.workspace_id = c.workspace_id and o.id = c.company_id
     where c.workspace_id = $1 order by c.name`,
    [workspaceId],
  );
}

const ROWS = times(6000, 2500);
/** How many contacts are there when it is killed. */
const KILLS = LONG ? Array.from({ length: 25 }, (_, n) => 200 * (n + 1)) : [500, 1500];

it(`killed ${KILLS.length} times and run again, an import ends as if nobody had disturbed it`, async () => {
  const calm = await createImportRig(database.db);
  const rough = await createImportRig(database.db);
  const file = await calm.write('people.csv', hubspotRows(ROWS));
  const { said } = await finish([file, '--workspace', calm.workspaceId]);
  expect(said).toContain(`${ROWS.toLocaleString('en')} added, 0 changed`);
  for (const rows of KILLS) {
    const child = start([file, '--workspace', rough.workspaceId]);
    const count = async () =>
      Number(
        (
          await database.asOwner<{ n: string }>('select count(*) as n from contact where workspace_id = $1', [
            rough.workspaceId,
          ])
        )[0]?.n,
      );
    while ((await count()) < rows && child.exitCode === null) await sleep(20);
    const gone = once(child, 'close');
    child.kill('SIGKILL');
    await gone;
  }
  const last = await finish([file, '--workspace', rough.workspaceId]);
  expect(last.code).toBe(0);
  expect(last.said).toMatch(/0 changed, [\d,]+ unchanged, 0 refused/);
  expect(await content(rough.workspaceId)).toEqual(await content(calm.workspaceId));
  await Promise.all([calm.remove(), rough.remove()]);
}, 300_000);

it('says what to do about a file it does not know, and about one that is no CSV', async () => {
  const rig = await createImportRig(database.db);
  const odd = await rig.write('odd.csv', 'Nr;Wer;E-Mail\n1;Ann;ann@acme.example\n');
  const unknown = await finish([odd, '--workspace', rig.workspaceId]);
  expect([unknown.code, unknown.said]).toEqual([
    2,
    expect.stringMatching(/E-Mail +email[\s\S]*odd\.csv\.mapping\.json/),
  ]);
  const mapped = await finish([
    odd,
    '--workspace',
    rig.workspaceId,
    '--mapping',
    `${odd}.mapping.json`,
    '--save-mapping',
    'odd',
  ]);
  expect(mapped.said).toMatch(/1 added/);
  expect((await finish([odd, '--workspace', rig.workspaceId])).said).toMatch(/mapping odd[\s\S]*1 unchanged/);
  const pdf = await finish([await rig.write('list.csv', '%PDF-1.4'), '--workspace', rig.workspaceId]);
  expect([pdf.code, pdf.said]).toEqual([1, expect.stringMatching(/is a PDF\. Export the list as CSV/)]);
  expect((await finish(['--help'])).said).toMatch(/npm run import -- FILE/);
  await rig.remove();
});
