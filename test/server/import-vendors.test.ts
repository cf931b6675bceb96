import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findMapping, readMapping, saveMapping } from '../../server/import/saved.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { counts, createImportRig } from './import-rig.ts';

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

describe('other vendors', () => {
  it('Salesforce: leads, then the campaigns they are in; the notice below is no row', async () => {
    expect(counts(await rig.importFixture('salesforce-leads.csv'))).toEqual({
      read: 2,
      added: 2,
      changed: 0,
      unchanged: 0,
      refused: 0,
    });
    expect(counts(await rig.importFixture('salesforce-campaign-members.csv'))).toMatchObject({
      added: 0,
      changed: 2,
    });
    const cards = await rig.cards();
    const bob = cards['bob.smith@acme.example'];
    expect(bob?.contact.records).toEqual([{ source: 'salesforce', id: '00Q5g00000AbCdEEAV' }]);
    expect(bob?.memberships.map(({ state, at }) => [state, at])).toEqual([
      ['replied', '2026-09-16T00:00:00+00:00'],
      ['opened', '2026-09-06T00:00:00+00:00'],
    ]);
    expect(cards['jane@corp.example']?.contact).toMatchObject({
      doNotContact: true,
      consent: 'denied',
      stageId: rig.stages.get('Opportunity'),
    });
    expect(counts(await rig.importFixture('salesforce-campaign-members.csv'))).toMatchObject({
      changed: 0,
      unchanged: 2,
    });
  });

  it('Pipedrive: people, organizations and what their deals say', async () => {
    await rig.importFixture('pipedrive-people.csv');
    await rig.importFixture('pipedrive-organizations.csv');
    expect(counts(await rig.importFixture('pipedrive-deals.csv'))).toMatchObject({ added: 0, changed: 1 });
    const cards = await rig.cards();
    expect(cards['erik@nordfrakt.example']?.contact).toMatchObject({
      stageId: rig.stages.get('Customer'),
      consent: 'granted',
      phones: ['+46 31 555', '+46 70 555'],
    });
    expect(cards['asa@nordfrakt.example']?.contact.consent).toBe('denied');
    expect(await rig.companies()).toMatchObject([
      { name: 'Nordfrakt', domains: ['nordfrakt.example'], records: [{ id: '88' }] },
    ]);
  });

  it('Mailchimp: consent and the campaign that ended it', async () => {
    for (const name of ['subscribed', 'unsubscribed', 'cleaned'])
      await rig.importFixture(`mailchimp-${name}.csv`);
    const cards = await rig.cards();
    expect(cards['mia.k@shop.example']?.contact).toMatchObject({
      consent: 'granted',
      provenance: { consent: { at: '2026-02-01T10:05:00.000Z' } },
    });
    expect(cards['leo.k@shop.example']).toMatchObject({
      contact: { consent: 'denied' },
      memberships: [{ state: 'unsubscribed' }],
    });
    expect(cards['gone@shop.example']).toMatchObject({
      contact: { name: 'gone@shop.example' },
      memberships: [{ state: 'bounced' }],
    });
  });

  it('anything else by a mapping that is kept', async () => {
    const mapping = await rig.mapping('unknown.mapping.json');
    await saveMapping(database.db, rig.workspaceId, 'customers', mapping);
    expect(await readMapping(database.db, rig.workspaceId, 'customers')).toEqual(mapping);
    const path = await rig.fixture('unknown.csv');
    const found = await findMapping(database.db, rig.workspaceId, [
      'Kundennr',
      'Vollständiger Name',
      'E-Mail',
      'Firma',
      'Betreuer',
    ]);
    expect(found?.name).toBe('customers');
    await rig.run(path, found?.mapping);
    expect((await rig.cards())['sabine@hafen.example']?.contact).toMatchObject({
      name: 'Sabine Krüger',
      ownerId: rig.rita,
      stageId: rig.stages.get('Lead'),
      records: [{ source: 'csv', id: '17' }],
    });
  });
});
