import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inWorkspace } from '../../server/store/database.ts';
import { eraseContacts } from '../../server/store/privacy/erase.ts';
import { ErasureLog } from '../../server/store/privacy/erasure-log.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { counts, createImportRig } from './import-rig.ts';

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'truce-erased-'));
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

type ImportRig = Awaited<ReturnType<typeof createImportRig>>;

const HEAD = 'Record ID,First Name,Last Name,Email,Job Title,Lifecycle Stage,Create Date,Last Modified Date';
const row = (id: string, first: string, email: string, title = '', at = '2026-09-01 10:00') =>
  `${id},${first},Person,${email},${title},Lead,2026-01-02 09:10,${at}`;
const table = (...rows: string[]) => `${[HEAD, ...rows].join('\n')}\n`;

async function erase({ workspaceId, cards }: ImportRig, email: string): Promise<string> {
  const id = (await cards())[email]?.contact.id ?? '';
  await inWorkspace(database.db, workspaceId, (trx) =>
    eraseContacts(trx, workspaceId, [id], { reason: 'asked', note: async () => {} }),
  );
  return id;
}

test('an import does not bring an erased person back, and says so without naming them', async () => {
  const rig = await createImportRig(database.db);
  const file = table(row('1', 'Ann', 'ann@acme.example'), row('2', 'Bob', 'bob@acme.example'));
  const path = await rig.write('people.csv', file);
  expect(counts(await rig.run(path))).toMatchObject({ added: 2 });
  await erase(rig, 'ann@acme.example');
  const again = await rig.run(path);
  expect(again).toMatchObject({ read: 2, added: 0, unchanged: 1, refused: 0, suppressed: 1 });
  expect(await rig.report(again)).toEqual([expect.stringMatching(/^2,suppressed,,,.*was erased/)]);
  expect(Object.keys(await rig.cards())).toEqual(['bob@acme.example']);

  // Under another record, another address or another source they are the same person still.
  const other = table(row('77', 'Ann', 'ann@acme.example'), row('1', 'Ann', 'ann@new.example'));
  expect(await rig.run(await rig.write('other.csv', other))).toMatchObject({ added: 0, suppressed: 2 });
  const mapping = { subject: 'contacts', source: 'csv', columns: { Mail: 'email', Who: 'name' } } as const;
  const plain = await rig.run(await rig.write('plain.csv', 'Mail,Who\nANN@acme.example,Ann\n'), mapping);
  expect(plain).toMatchObject({ added: 0, suppressed: 1 });
  expect(Object.keys(await rig.cards())).toEqual(['bob@acme.example']);
  await rig.remove();
});

test("a colleague's row goes in without the address of somebody erased", async () => {
  const rig = await createImportRig(database.db);
  const wide = `${HEAD},Additional email addresses`;
  const file = `${wide}\n${row('1', 'Ann', 'ann@acme.example')},\n${row('2', 'Bob', 'bob@acme.example')},\n`;
  await rig.run(await rig.write('people.csv', file));
  await erase(rig, 'ann@acme.example');
  const next = `${wide}\n${row('2', 'Bob', 'bob@acme.example', 'Head', '2026-09-09 10:00')},ann@acme.example\n`;
  const outcome = await rig.run(await rig.write('next.csv', next));
  expect(outcome).toMatchObject({ changed: 1, suppressed: 0, remarks: 1 });
  const cards = await rig.cards();
  expect(cards['bob@acme.example']?.contact).toMatchObject({ emails: ['bob@acme.example'], title: 'Head' });
  await rig.remove();
});

test('a no that was said here outlasts an import that says nothing of its own', async () => {
  const rig = await createImportRig(database.db);
  const head = `${HEAD},Unsubscribed from all email`;
  const file = (at: string, out: string) =>
    `${head}\n${row('1', 'Ann', 'ann@acme.example', '', at)},${out}\n`;
  await rig.run(await rig.write('people.csv', file('2026-09-01 10:00', '')));
  const by = rig.rita;
  await database.asOwner(
    `update contact set do_not_contact = true, consent = 'denied', provenance = provenance
      || jsonb_build_object('doNotContact', $2::jsonb, 'consent', $2::jsonb) where workspace_id = $1`,
    [rig.workspaceId, { source: 'truce', at: '2026-09-02T10:00:00Z', by, reason: 'Said so on the phone' }],
  );
  await rig.run(await rig.write('later.csv', file('2026-09-09 10:00', 'false')));
  expect((await rig.cards())['ann@acme.example']?.contact).toMatchObject({
    doNotContact: true,
    consent: 'denied',
    provenance: { consent: { source: 'truce', reason: 'Said so on the phone' } },
  });
  await rig.remove();
});

test('a backup from before an erasure is put right at the next start', async () => {
  const rig = await createImportRig(database.db);
  const path = await rig.write('people.csv', table(row('1', 'Ann', 'ann@acme.example')));
  await rig.run(path);
  const id = await erase(rig, 'ann@acme.example');
  const file = join(folder, 'erasures.log');
  await (await ErasureLog.open(file)).note(database.db, rig.workspaceId);
  const text = await readFile(file, 'utf8');
  expect(text).toContain(id);
  expect(text).not.toMatch(/ann|acme/i);

  // The backup knows of no erasure, and has them again under their id.
  const { workspaceId } = rig;
  await database.asOwner('delete from erasure where workspace_id = $1', [workspaceId]);
  await rig.run(path);
  const [row2] = await database.asOwner<{ id: string }>('select id from contact where workspace_id = $1', [
    workspaceId,
  ]);
  const log = await ErasureLog.open(file);
  // Under another id they are kept out only; under their own they go.
  expect(await log.reapply(database.db, [workspaceId])).toBe(0);
  await inWorkspace(database.db, workspaceId, (trx) =>
    eraseContacts(trx, workspaceId, [row2?.id ?? ''], { reason: 'retention', note: async () => {} }),
  );
  expect(await rig.run(path)).toMatchObject({ added: 0, suppressed: 1 });
  await database.asOwner('delete from erasure where workspace_id = $1', [workspaceId]);
  await database.asOwner(
    `insert into contact (workspace_id, id, name, normal) values ($1, $2, 'Ann', 'ann')`,
    [workspaceId, id],
  );
  expect(await (await ErasureLog.open(file)).reapply(database.db, [workspaceId])).toBe(1);
  expect(await rig.cards()).toEqual({});
  expect(await rig.run(path)).toMatchObject({ added: 0, suppressed: 1 });
  await rig.remove();
});
