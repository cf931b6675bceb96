import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { prepare } from '../../server/import/prepare.ts';
import { setRecordUrl } from '../../server/import/source-url.ts';
import { inWorkspace } from '../../server/store/database.ts';
import { times } from '../series.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { counts, createImportRig, hubspotRows } from './import-rig.ts';

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

describe('a HubSpot export', () => {
  it('goes in with everything the card shows, and names what does not', async () => {
    const outcome = await rig.importFixture('hubspot-contacts.csv');
    expect(counts(outcome)).toEqual({ read: 7, added: 5, changed: 0, unchanged: 0, refused: 2 });
    const cards = await rig.cards();
    const ann = cards['ann.lee@acme.example'];
    expect(ann?.contact).toMatchObject({
      name: 'Ann Lee',
      title: 'Head of Operations, East',
      ownerId: rig.rita,
      stageId: rig.stages.get('Sales qualified'),
      emails: ['ann.lee@acme.example', 'ann@acme.example', 'a.lee@acme.example'],
      phones: ['+1 555 0142'],
      records: [{ source: 'hubspot', id: '901' }],
      provenance: { title: { source: 'hubspot', at: '2026-10-02T11:30:00.000Z' } },
    });
    expect(ann?.touches[0]).toMatchObject({ source: 'hubspot', at: '2026-10-01T08:00:00+00:00' });
    expect(cards['zoe.francois@societe.example']?.contact).toMatchObject({
      name: 'Zoë François',
      consent: 'denied',
    });
    expect(cards['taro.yamada@nihon.example']?.contact.name).toBe('山田 太郎');
    expect((await rig.companies()).map(({ name, domains }) => [name, domains])).toEqual([
      ['Acme Logistics', ['acme.example']],
      ['Société "Rhône" Transit', ['societe.example']],
      ['日本通送', []],
    ]);
    const report = await rig.report(outcome);
    expect(report).toHaveLength(5);
    expect(report[0]).toBe('5,left out,Email,not an address,not an e-mail address');
    expect(report.join('\n')).toMatch(/6,refused,,,"no record id[\s\S]*7,refused,,,too few columns: 4 of 15/);
    expect(report.join('\n')).toMatch(
      /left out,owner,Nobody Known,nobody in the team[\s\S]*left out,stage,Odd Stage/,
    );
  });

  it('changes nothing the second time', async () => {
    await rig.importFixture('hubspot-contacts.csv');
    const before = [await rig.version(), await rig.cards()];
    expect(counts(await rig.importFixture('hubspot-contacts.csv'))).toMatchObject({
      added: 0,
      changed: 0,
      unchanged: 5,
    });
    expect([await rig.version(), await rig.cards()]).toEqual(before);
  });

  it('meets companies that were imported for themselves', async () => {
    await rig.importFixture('hubspot-companies.csv');
    await rig.importFixture('hubspot-contacts.csv');
    const [acme] = await rig.companies();
    expect(acme).toMatchObject({
      domains: ['acme.example'],
      industry: 'Logistics',
      size: '450',
      ownerId: rig.rita,
      records: [{ source: 'hubspot', id: '7001' }],
    });
    expect((await rig.cards())['ann.lee@acme.example']?.contact.companyId).toBe(acme?.id);
    const version = await rig.version();
    expect(counts(await rig.importFixture('hubspot-companies.csv'))).toMatchObject({
      changed: 0,
      unchanged: 2,
    });
    expect(await rig.version()).toBe(version);
  });

  it('puts links on what came before', async () => {
    await rig.importFixture('hubspot-contacts.csv');
    const { plan } = await prepare(await rig.fixture('hubspot-contacts.csv'), async () => undefined);
    await setRecordUrl(database.db, rig.workspaceId, plan, 'https://crm.example/{id}');
    expect((await rig.cards())['ann.lee@acme.example']?.contact.records[0]?.url).toBe(
      'https://crm.example/901',
    );
  });
});

describe('who is who', () => {
  const head = 'Record ID,First Name,Last Name,Email,Lifecycle Stage,Job Title,Last Modified Date\n';

  it('rows of one person become one, the newer statement wins, whatever the order', async () => {
    const rows = [
      '1,Ann,Lee,ann@acme.example,Lead,Planner,2026-09-02 10:00',
      '1,Ann,Lee,ann@acme.example,,Head,2026-09-03 10:00',
      '1,Ann,Lee,a2@acme.example,Customer,Old,2026-09-01 10:00',
    ];
    const path = await rig.write('a.csv', `${head}${rows.join('\n')}\n`);
    expect(counts(await rig.run(path))).toMatchObject({ added: 1, changed: 2 });
    const card = (await rig.cards())['ann@acme.example'];
    expect(card?.contact).toMatchObject({
      title: 'Head',
      emails: ['ann@acme.example', 'a2@acme.example'],
      stageId: rig.stages.get('Lead'),
    });
    expect(counts(await rig.run(path))).toMatchObject({ changed: 0, unchanged: 3 });
  });

  it('never by name alone, and two people may share an address', async () => {
    const rows = [
      '1,Joost,Kuiper,desk@bloem.example,,,2026-09-02 10:00',
      '2,Noor,Bakker,desk@bloem.example,,,2026-09-02 10:00',
      '3,Noor,Bakker,noor@bloem.example,,,2026-09-02 10:00',
    ];
    const path = await rig.write('b.csv', `${head}${rows.join('\n')}\n`);
    expect(counts(await rig.run(path))).toMatchObject({ added: 3 });
    expect(counts(await rig.run(path))).toMatchObject({ added: 0, unchanged: 3 });
  });

  it('what was set in Truce after the source’s own time stays', async () => {
    const path = await rig.write(
      'c.csv',
      `${head}1,Ann,Lee,ann@acme.example,Lead,Planner,2026-09-02 10:00\n`,
    );
    await rig.run(path);
    await inWorkspace(database.db, rig.workspaceId, async (trx) => {
      const at = JSON.stringify({ stage: { source: 'truce', at: '2026-09-05T10:00:00.000Z' } });
      const values = { stage_id: rig.stages.get('Customer') ?? null, provenance: at };
      await trx.updateTable('contact').set(values).where('workspace_id', '=', rig.workspaceId).execute();
    });
    await rig.run(
      await rig.write('d.csv', `${head}1,Ann,Lee,ann@acme.example,Subscriber,Planner,2026-09-04 10:00\n`),
    );
    expect((await rig.cards())['ann@acme.example']?.contact.stageId).toBe(rig.stages.get('Customer'));
    await rig.run(
      await rig.write('e.csv', `${head}1,Ann,Lee,ann@acme.example,Opportunity,Planner,2026-09-06 10:00\n`),
    );
    expect((await rig.cards())['ann@acme.example']?.contact.stageId).toBe(rig.stages.get('Opportunity'));
  });

  it('an address stands for a name only until one is told', async () => {
    await rig.run(await rig.write('f.csv', `${head}1,,,ann@acme.example,,,\n`));
    await rig.run(await rig.write('g.csv', `${head}1,Ann,Lee,ann@acme.example,,,\n`));
    expect((await rig.cards())['ann@acme.example']?.contact.name).toBe('Ann Lee');
  });
});

/** The whole figure in the long series, a cut of it otherwise. */
const ROWS = times(100_000, 10_000);

describe(`${ROWS.toLocaleString('en')} rows`, () => {
  it('go in, twice, in small transactions', async () => {
    const path = await rig.write('big.csv', hubspotRows(ROWS));
    expect(counts(await rig.run(path))).toEqual({
      read: ROWS,
      added: ROWS,
      changed: 0,
      unchanged: 0,
      refused: 0,
    });
    const version = await rig.version();
    expect(version).toBeLessThanOrEqual(ROWS / 500 + 2);
    expect(counts(await rig.run(path))).toMatchObject({ added: 0, changed: 0, unchanged: ROWS });
    expect(await rig.version()).toBe(version);
    const [rows] = await database.asOwner<{ cards: string; tagged: string }>(
      `select (select count(*) from card where workspace_id = $1) as cards,
        (select count(distinct contact_id) from tag where workspace_id = $1) as tagged`,
      [rig.workspaceId],
    );
    expect(rows).toEqual({ cards: String(ROWS), tagged: String(ROWS) });
  }, 300_000);
});
