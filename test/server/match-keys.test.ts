import * as v from 'valibot';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { runRetag } from '../../server/jobs/retag.ts';
import { MATCH_RULES } from '../../server/store/tag.ts';
import { alternateKeys, domainKeys, nameKeys } from '../../utils/background/guesses.ts';
import { CardsAnswer } from '../../utils/contract/card.ts';
import { importTagKey, linkedinKey, tagOf, xKey } from '../../utils/contract/match-key.ts';
import { profileKey } from '../../utils/contract/network-key.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createImportRig } from './import-rig.ts';
import { Copy, everyTag, readSession } from './tag-rig.ts';
import { createTeam, type Team } from './team.ts';

/** People as a CRM writes them, found under what pages show of them. */
let database: TestDatabase;
let team: Team;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  team = await createTeam(database.db);
});

/** Every key under which the browser tests such a sighting. */
function keysOf(address: string, name?: string): string[] {
  const sighting = { keys: [`email:${address}`], address, ...(name !== undefined && { name }) };
  return [...sighting.keys, ...alternateKeys(sighting), ...nameKeys(sighting), ...domainKeys(sighting)];
}

/** Whom and which companies the server names for those keys that are in its set. */
async function find(keys: string[]): Promise<string[]> {
  const { tagKey } = await readSession(team);
  const key = await importTagKey(tagKey);
  const tags = await Promise.all(keys.map((each) => tagOf(key, each)));
  const set = new Set(await everyTag(database.asOwner, team.workspaceId));
  const known = tags.filter((tag) => set.has(tag));
  if (known.length === 0) return [];
  const answer = await team.request('/v1/lookup', { body: { tags: known } });
  const { cards, companies = [] } = v.parse(CardsAnswer, await answer.json());
  return [...cards.map(({ card }) => card.contact.name), ...companies.map(({ name }) => `of ${name}`)].sort();
}

const tagCount = async () =>
  (
    await database.asOwner<{ n: number }>('select count(*)::int as n from tag where workspace_id = $1', [
      team.workspaceId,
    ])
  )[0]?.n;

test('somebody with a plus address is found by the plain one and by any other, and nobody else is', async () => {
  await team.add('Ann Lee', { email: 'Ann+CRM@acme.example', companyName: 'Acme Logistics GmbH' });
  await team.add('Bo Ray', { email: 'bo.ray@googlemail.com' });
  await team.add('Cy Fox', { email: 'cy@acme.example', companyName: 'Acme Logistics GmbH' });
  expect(await find(keysOf('ann+crm@acme.example'))).toEqual(['Ann Lee', 'of Acme Logistics GmbH']);
  expect(await find(keysOf('ann@acme.example'))).toEqual(['Ann Lee', 'of Acme Logistics GmbH']);
  expect(await find(keysOf('ann+news@acme.example'))).toEqual(['Ann Lee', 'of Acme Logistics GmbH']);
  expect(await find(keysOf('cy+x@acme.example'))).toEqual(['Cy Fox', 'of Acme Logistics GmbH']);
  expect(await find(keysOf('boray@gmail.com'))).toEqual(['Bo Ray']);
  expect(await find(keysOf('b.o.r.a.y+x@gmail.com'))).toEqual(['Bo Ray']);
  expect(await find(keysOf('ann+crm@other.example'))).toEqual([]);
  expect(await find(keysOf('c.y@acme.example'))).toEqual(['of Acme Logistics GmbH']);
  // Ann: her address, its plain form, her name at the company and at its domain; Bo two; Cy three.
  expect(await tagCount()).toBe(9);
});

test('by name at the company, in whatever order and form; a company by its domain and below', async () => {
  await team.add('Zoë François', { email: 'zoe@acme.co.uk', companyName: 'Acme Ltd.' });
  const known = ['Zoë François', 'of Acme Ltd.'];
  expect(await find(keysOf('z.francois@acme.co.uk', 'FRANCOIS, Zoe'))).toEqual(known);
  expect(await find(keysOf('zf@mail.acme.co.uk', 'Zoe François'))).toEqual(known);
  expect(await find(keysOf('zf@mail.acme.co.uk', 'Zoe Franc'))).toEqual(['of Acme Ltd.']);
  expect(await find(keysOf('zoe@bolt.co.uk', 'Zoë François'))).toEqual([]);
});

test('neither free mail nor what everybody is below stands for a company, whoever says so', async () => {
  await team.add('Gus Gmail', { email: 'gus@gmail.com', companyName: 'Gmail.com' });
  await team.add('Odo Odd', { email: 'odo@odd.example', companyName: 'Odd' });
  for (const domain of ['co.uk', 'github.io', 'gmail.com'])
    await database.asOwner(
      `insert into company_domain (workspace_id, company_id, domain)
        select workspace_id, id, $2 from company where workspace_id = $1 and name = 'Odd'`,
      [team.workspaceId, domain],
    );
  await database.asOwner('update tag_key set rules = 0 where workspace_id = $1', [team.workspaceId]);
  await runRetag({ db: database.db, databaseUrl: database.url, clock: () => new Date() });
  expect(await find(keysOf('other.gus@gmail.com', 'Gus Gmail'))).toEqual([]);
  expect(await find(keysOf('ann@acme.co.uk', 'Ann Lee'))).toEqual([]);
  expect(await find(keysOf('ann@ann.github.io', 'Ann Lee'))).toEqual([]);
  expect(await find(keysOf('ann@mail.odd.example', 'Ann Lee'))).toEqual(['of Odd']);
});

test('a profile is one, however it is written', async () => {
  await team.add('Ann Lee', { linkedin: 'https://uk.linkedin.com/pub/ann-lee/a7/576/b50?trk=x' });
  for (const link of [
    'https://www.linkedin.com/in/Ann-Lee-b50576a7/',
    'https://de.linkedin.com/in/ann-lee-b50576a7/en-us',
    'https://m.linkedin.com/in/ann%2Dlee-b50576a7',
  ])
    expect(await find([linkedinKey(link) ?? ''])).toEqual(['Ann Lee']);
  expect(await find([linkedinKey('https://www.linkedin.com/in/ann-lee') ?? ''])).toEqual([]);
});

test('tags by the rules before are made again, and browsers are told of the difference', async () => {
  await team.add('Ann Lee', { email: 'ann+crm@acme.example', companyName: 'Acme Logistics GmbH' });
  for (let n = 0; n < 20; n++) await team.add(`Person N${n}`, { email: `p${n}@many.example`, evenSo: true });
  const now = await everyTag(database.asOwner, team.workspaceId);
  const { tagKey } = await readSession(team);
  const key = await importTagKey(tagKey);
  const [plain = 0, odd = 0] = await Promise.all(
    ['email:ann@acme.example', 'name:lee ann|acme logistics gmbh'].map((each) => tagOf(key, each)),
  );
  const at = [team.workspaceId];
  await database.asOwner('delete from tag where workspace_id = $1 and tag = $2', [...at, plain]);
  await database.asOwner(
    `insert into tag (workspace_id, tag, contact_id, key_no)
      select workspace_id, $2, id, 1 from contact where workspace_id = $1 and name = 'Ann Lee'`,
    [...at, odd],
  );
  await database.asOwner('delete from tag_log where workspace_id = $1', at);
  await database.asOwner('update workspace set tag_floor = version where workspace_id = $1', at);
  await database.asOwner('update tag_key set rules = $2 where workspace_id = $1', [...at, MATCH_RULES - 1]);
  const copy = new Copy(team);
  await copy.follow();
  expect(copy.tags.has(plain)).toBe(false);
  await runRetag({ db: database.db, databaseUrl: database.url, clock: () => new Date() });
  expect(await everyTag(database.asOwner, team.workspaceId)).toEqual(now);
  await copy.follow();
  expect([copy.wholes, copy.deltas]).toEqual([1, 1]);
  expect(copy.sorted()).toEqual(now);
});

test('an erased person does not come back by another form of their address, until they are let in by one', async () => {
  await database.asOwner(`update member set role = 'admin' where id = $1`, [team.memberId]);
  team.forget();
  const contactId = await team.add('Ann Lee', { email: 'ann@acme.example' });
  const erased = await team.request('/v1/erase', { body: { contactId, reason: 'asked' } });
  expect(erased.status).toBe(200);
  await expect(team.add('Ann L', { email: 'ann+news@acme.example' })).rejects.toThrow('suppressed');
  await expect(team.add('Ann L', { email: 'ann+news@other.example' })).resolves.toBeDefined();
  const lifted = await team.request('/v1/suppression/lift', { body: { address: 'ann+shop@acme.example' } });
  expect(await lifted.json()).toEqual({ lifted: true });
  await expect(team.add('Ann L', { email: 'ann+news@acme.example', evenSo: true })).resolves.toBeDefined();
});

let rig: Awaited<ReturnType<typeof createImportRig>> | undefined;
afterEach(() => rig?.remove());

test('an import takes profiles and addresses as CRMs write them', async () => {
  rig = await createImportRig(database.db);
  team = { ...team, workspaceId: rig.workspaceId };
  const path = await rig.write(
    'people.csv',
    [
      'Record ID,First Name,Last Name,Email,Company Name,Contact owner,Lifecycle Stage,Last Modified Date,LinkedIn URL,Twitter Username,GitHub URL,Xing URL',
      '1,Ann,Lee,ann+crm@acme.example,Acme Inc.,,Lead,2026-09-02 10:00,www.linkedin.com/in/ann-lee/,https://twitter.com/@AnnLee,github.com/AnnLee,https://www.xing.com/profile/Ann_Lee/cv',
    ].join('\r\n'),
  );
  const outcome = await rig.run(path);
  expect(outcome).toMatchObject({ added: 1, refused: 0 });
  const cards = await rig.cards();
  expect(cards['ann+crm@acme.example']?.contact).toMatchObject({
    ...{ linkedin: 'in/ann-lee', x: 'annlee' },
    profiles: ['github:annlee', 'profile:xing.com/profile/ann_lee'],
  });
  const [row] = await database.asOwner<{ key: Buffer }>('select key from tag_key where workspace_id = $1', [
    rig.workspaceId,
  ]);
  const key = await importTagKey(row?.key.toString('base64') ?? '');
  const set = new Set(await everyTag(database.asOwner, rig.workspaceId));
  const known = await Promise.all(
    [
      ...keysOf('ann+other@acme.example', 'Lee, Ann'),
      linkedinKey('https://de.linkedin.com/in/Ann-Lee/de') ?? '',
      xKey('https://x.com/annlee/media') ?? '',
      profileKey('https://github.com/annlee?tab=stars') ?? '',
      profileKey('https://www.xing.com/profile/Ann_Lee') ?? '',
    ].map(async (each) => [each, set.has(await tagOf(key, each))]),
  );
  expect(Object.fromEntries(known)).toEqual({
    'email:ann+other@acme.example': false,
    'email:ann@acme.example': true,
    'name:ann lee|acme.example': true,
    'domain:acme.example': true,
    'linkedin:in/ann-lee': true,
    'x:annlee': true,
    'github:annlee': true,
    'profile:xing.com/profile/ann_lee': true,
  });
});
