import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { applyBatch } from '../../server/import/batch/batch.ts';
import type { Mapping } from '../../server/import/mapping.ts';
import { prepare } from '../../server/import/prepare.ts';
import { setRecordUrl } from '../../server/import/source-url.ts';
import { Team } from '../../server/import/team.ts';
import { applyCommand } from '../../server/store/command/apply.ts';
import { inWorkspace } from '../../server/store/database.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createImportRig, hubspotRows } from './import-rig.ts';

let database: TestDatabase;
let rig: Awaited<ReturnType<typeof createImportRig>>;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  rig = await createImportRig(database.db);
});
afterEach(() => rig.remove());

const HEAD = 'Record ID,First Name,Last Name,Email,Lifecycle Stage,Create Date,Last Modified Date\n';
const MAPPING: Mapping = {
  subject: 'contacts',
  source: 'csv',
  columns: { Name: 'name', Email: 'email', Profile: 'linkedin', Link: 'recordUrl', No: 'recordId' },
};

it('cuts a long value, but no letter in half', async () => {
  const outcome = await rig.run(
    await rig.write('long.csv', `${HEAD}1,${'a'.repeat(199)}😀,,long@acme.example,,,\n`),
  );
  expect(outcome).toMatchObject({ added: 1, refused: 0 });
  expect((await rig.cards())['long@acme.example']?.contact.name).toBe('a'.repeat(199));
});

it('leaves out a profile that is too long, and links that a card may not carry', async () => {
  const rows = [
    `Ann,ann@acme.example,https://www.linkedin.com/in/${'ab1'.repeat(1500)},http://,1`,
    'Ben,ben@acme.example,in/ben,javascript:alert(1),2',
    'Cem,cem@acme.example,in/cem,https://crm.example/3,3',
  ];
  const outcome = await rig.run(
    await rig.write('profile.csv', `Name,Email,Profile,Link,No\n${rows.join('\n')}\n`),
    MAPPING,
  );
  expect(outcome).toMatchObject({ added: 3, refused: 0, remarks: 3 });
  const cards = await rig.cards();
  expect(cards['ann@acme.example']?.contact.linkedin).toBeUndefined();
  expect(cards['ben@acme.example']?.contact.records).toEqual([{ source: 'csv', id: '2' }]);
  expect(cards['cem@acme.example']?.contact.records[0]?.url).toBe('https://crm.example/3');
});

it('a row that the database itself refuses stays out alone, and the report names its line', async () => {
  await database.asOwner(`alter table contact add constraint odd check (name <> 'Given7 Family7')`);
  try {
    const outcome = await rig.run(await rig.write('odd.csv', hubspotRows(700)));
    expect(outcome).toMatchObject({ read: 700, added: 699, refused: 1 });
    expect(await rig.report(outcome)).toEqual([
      '9,refused,,,the database does not take a value of this row (23514)',
    ]);
  } finally {
    await database.asOwner('alter table contact drop constraint odd');
  }
});

it('a change that is still to come does not outlast a later word', async () => {
  const row = (stage: string, changed: string) => `${HEAD}1,Ann,Lee,ann@acme.example,${stage},,${changed}\n`;
  const future = await rig.write('future.csv', row('Lead', '9999-12-31 00:00'));
  await rig.run(future);
  expect(await rig.run(future)).toMatchObject({ changed: 0, unchanged: 1 });
  const later = await rig.write('later.csv', row('Customer', '2026-10-11 09:00'));
  await rig.run(later);
  expect((await rig.cards())['ann@acme.example']?.contact.stageId).toBe(rig.stages.get('Customer'));
});

it('an address that an import is bringing in is taken for whoever adds it meanwhile', async () => {
  const { plan } = await prepare(await rig.write('one.csv', hubspotRows(1)), async () => undefined);
  const at = '2026-10-10T10:00:00.000Z';
  const context = { workspaceId: rig.workspaceId, plan, team: new Team([], []), asOf: at, readAt: at };
  const row = { line: 2, recordId: '1', name: 'Ann Lee', emails: ['ann@acme.example'], phones: [] };
  const payload = { contactId: crypto.randomUUID(), name: 'Ann L.', email: 'ann@acme.example' };
  const add = () =>
    applyCommand(
      database.db,
      rig.workspaceId,
      { id: rig.rita, team: 'sales', role: 'member' },
      { id: crypto.randomUUID(), at, kind: 'contact.add', payload },
      new Date(),
    );
  let adding: ReturnType<typeof add> | undefined;
  await inWorkspace(database.db, rig.workspaceId, async (trx) => {
    await applyBatch(trx, context, [row]);
    adding = add();
    // Time enough to go wrong in.
    await new Promise((done) => setTimeout(done, 300));
  });
  expect(await adding).toMatchObject({ status: 'refused', reason: 'taken' });
});

it('links to records are put on everything, also when that was interrupted before', async () => {
  const file = await rig.write('people.csv', hubspotRows(2));
  await rig.run(file);
  const { plan } = await prepare(file, async () => undefined);
  const template = 'https://crm.example/r/{id}';
  await database.asOwner(`insert into source (workspace_id, source, record_url) values ($1, 'hubspot', $2)`, [
    rig.workspaceId,
    template,
  ]);
  await setRecordUrl(database.db, rig.workspaceId, plan, template);
  const links = Object.values(await rig.cards()).map((card) => card.contact.records[0]?.url);
  expect(links.sort()).toEqual(['https://crm.example/r/1', 'https://crm.example/r/2']);
});

it('a letter is no table, and is said so', async () => {
  const letter = await rig.write('letter.csv', 'Dear all,\nthis is a letter.\n');
  await expect(rig.run(letter)).rejects.toThrow('is not a table');
  const words = await rig.write('words.csv', 'a line of text\nand another\n');
  await expect(rig.run(words)).rejects.toThrow('is not a table');
  expect(
    await rig.run(await rig.write('list.csv', 'Email\nann@acme.example\n'), {
      ...MAPPING,
      columns: { Email: 'email' },
    }),
  ).toMatchObject({ added: 1 });
});
