import { v7 as uuid } from 'uuid';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addContact, identifyContact } from '../../utils/commands.ts';
import { CardsAnswer } from '../../utils/contract/card.ts';
import { profileLink } from '../../utils/contract/profile-key.ts';
import type { Sighting } from '../../utils/detect/types.ts';
import { open } from './browser-rig.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { Copy, tagNow } from './tag-rig.ts';
import { createTeam, type Team } from './team.ts';

/** A profile becomes a contact's by a click, for the whole team. */
let database: TestDatabase;
let team: Team;
let ann: string;
const KEY = 'linkedin:in/ann-lee-ops';

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  team = await createTeam(database.db);
  ann = await team.add('Ann Lee', { email: 'ann@acme.example', companyName: 'Acme Logistics GmbH' });
});

const identify = (contactId: string, key: string, theirs = true, more: object = {}) =>
  team.command({ kind: 'contact.identify', payload: { contactId, key, theirs }, ...more });

async function contactOf(key: string) {
  const answer = await team.request('/v1/lookup', { body: { tags: [await tagNow(team, key)] } });
  return v.parse(CardsAnswer, await answer.json()).cards.map(({ card }) => card.contact);
}

const profile = (more: Partial<Sighting> = {}): Sighting => ({
  ...{
    keys: [KEY],
    name: 'Ann Lee',
    at: ['Acme Logistics'],
    role: 'profile',
    focus: true,
    why: 'profile-url',
  },
  ...more,
});

test('said once, it is on the card with who said so and when, and in everybody’s set of tags', async () => {
  const copy = new Copy(team);
  await copy.follow();
  const at = '2026-03-02T10:00:00.000Z';
  expect(await identify(ann, KEY, true, { at })).toMatchObject({ status: 'applied' });
  for (const key of ['x:annlee', 'github:annlee', 'profile:mastodon.example/@ann', 'linkedin:in/ann-2'])
    expect(await identify(ann, key)).toMatchObject({ status: 'applied' });
  await copy.follow();
  const [contact] = await contactOf(KEY);
  expect(contact).toMatchObject({
    ...{ id: ann, linkedin: 'in/ann-lee-ops', x: 'annlee' },
    profiles: ['github:annlee', 'linkedin:in/ann-2', 'profile:mastodon.example/@ann'],
  });
  expect(contact?.provenance[KEY]).toEqual({ source: 'truce', at, by: team.memberId });
  for (const key of [KEY, 'github:annlee', 'profile:mastodon.example/@ann']) {
    expect(
      (await contactOf(key)).map(({ id }) => id),
      key,
    ).toEqual([ann]);
    expect(copy.tags.has(await tagNow(team, key)), key).toBe(true);
  }
});

test('said again it changes nothing, and somebody else’s profile is refused with whose it is', async () => {
  const bo = await team.add('Ann Lee', { email: 'ann@birch.example', profile: 'github.com/AnnLee' });
  await identify(ann, KEY);
  const before = await team.request('/v1/session').then((answer) => answer.headers.get('x-truce-version'));
  expect(await identify(ann, KEY)).toMatchObject({ status: 'applied' });
  expect(await team.request('/v1/session').then((a) => a.headers.get('x-truce-version'))).toBe(before);
  expect(await identify(bo, KEY)).toMatchObject({ status: 'refused', reason: 'taken', contactIds: [ann] });
  expect(await identify(ann, 'github:annlee')).toMatchObject({ reason: 'taken', contactIds: [bo] });
  const both = await Promise.all([identify(ann, 'x:annlee'), identify(bo, 'x:annlee')]);
  expect(both.map(({ status }) => status).sort()).toEqual(['applied', 'refused']);
});

test('what is no profile, nobody’s, or an erased person’s is refused', async () => {
  for (const key of [
    'email:bo@acme.example',
    'github:Ann',
    'name:ann lee|acme',
    'profile:acme.example/x',
    'x',
  ])
    expect(await identify(ann, key), key).toMatchObject({ reason: 'invalid' });
  expect(await identify(uuid(), KEY)).toMatchObject({ reason: 'gone' });
  await database.asOwner(`update member set role = 'admin' where id = $1`, [team.memberId]);
  team.forget();
  const gone = await team.add('Gone Girl', { profile: 'https://bsky.app/profile/gone.example' });
  await identify(gone, 'x:gone');
  await team.request('/v1/erase', { body: { contactId: gone, reason: 'asked' } });
  for (const key of ['x:gone', 'profile:bsky.app/profile/gone.example'])
    expect(await identify(ann, key), key).toMatchObject({ reason: 'suppressed' });
  await expect(team.add('Gone Again', { profile: 'x.com/gone' })).rejects.toThrow('suppressed');
  const lifted = await team.request('/v1/suppression/lift', {
    body: { address: 'bsky.app/profile/gone.example' },
  });
  expect(await lifted.json()).toEqual({ lifted: true });
  expect(await identify(ann, 'x:gone')).toMatchObject({ status: 'applied' });
});

test('taken back, it is nobody’s again; what a source told stays', async () => {
  await identify(ann, KEY);
  await database.asOwner(
    `insert into identity (workspace_id, contact_id, kind, value, source) values ($1, $2, 'x', 'annlee', 'hubspot')`,
    [team.workspaceId, ann],
  );
  // A source may say when it told it.
  const told = { 'github:annlee': { source: 'hubspot', at: '2026-03-02T10:00:00.000Z' } };
  await database.asOwner(
    `insert into identity (workspace_id, contact_id, kind, value, source) values ($1, $2, 'github', 'annlee', 'hubspot')`,
    [team.workspaceId, ann],
  );
  await database.asOwner('update contact set provenance = provenance || $2 where id = $1', [
    ann,
    JSON.stringify(told),
  ]);
  expect(await identify(ann, 'github:annlee', false)).toMatchObject({ status: 'applied' });
  expect(await identify(ann, KEY, false)).toMatchObject({ status: 'applied' });
  expect(await identify(ann, 'x:annlee', false)).toMatchObject({ status: 'applied' });
  expect(await contactOf(KEY)).toEqual([]);
  const rows = await database.asOwner<{ kind: string }>(
    'select kind from identity where contact_id = $1 order by 1',
    [ann],
  );
  expect(rows.map(({ kind }) => kind)).toEqual(['email', 'github', 'x']);
});

test('an export names the profile and who said so; erasing leaves neither', async () => {
  await database.asOwner(`update member set role = 'admin' where id = $1`, [team.memberId]);
  team.forget();
  await identify(ann, 'profile:xing.com/profile/ann_lee');
  const exported = await (await team.request('/v1/export', { body: { contactId: ann } })).text();
  expect(exported).toContain('xing.com/profile/ann_lee');
  expect(exported).toContain('Rita Rep');
  await team.request('/v1/erase', { body: { contactId: ann, reason: 'asked' } });
  for (const table of ['identity', 'contact', 'card', 'tag'])
    expect(
      await database.asOwner(`select 1 from ${table} where workspace_id = $1`, [team.workspaceId]),
      table,
    ).toEqual([]);
});

test('guessed by name and company, confirmed, and known by the profile from then on, everywhere', async () => {
  const mine = await open(team, [profile()]);
  const [guess] = (await mine.view()).people;
  expect(guess).toMatchObject({ contactId: ann, by: 'name', confirm: [KEY], focus: true });
  mine.unplug(true);
  await mine.write(identifyContact({ contactId: ann, key: KEY, theirs: true }));
  expect((await mine.view()).people).toMatchObject([
    { contactId: ann, by: 'profile', matched: 'linkedin.com/in/ann-lee-ops', waiting: ['contact'] },
  ]);
  mine.unplug(false);
  await mine.sync.wake();
  expect((await mine.view()).people).toMatchObject([{ by: 'profile', waiting: [] }]);
  // Another browser, where the page says nothing of the company.
  const { at: _, ...bare } = profile();
  const theirs = await open(team, [bare]);
  expect((await theirs.view()).people).toMatchObject([{ contactId: ann, by: 'profile' }]);
  expect(theirs.asked.filter(({ body }) => /ann|acme/i.test(body))).toEqual([]);
});

test('a stranger by profile is added with it, and known by it at once', async () => {
  const one = await open(team, [profile({ at: [], name: 'Jo Quill' })]);
  const [stranger] = (await one.view()).strangers;
  expect(stranger).toMatchObject({ profile: KEY, address: 'linkedin.com/in/ann-lee-ops', focus: true });
  const link = profileLink(KEY) ?? '';
  await one.write(addContact({ name: 'Jo Quill', profile: link }));
  expect((await one.view()).people).toMatchObject([{ by: 'profile', waiting: ['contact'] }]);
  await one.sync.wake();
  expect(await one.view()).toMatchObject({ people: [{ by: 'profile', waiting: [] }], strangers: [] });
});

test('a guess that was denied does not come again, and others of that name still do', async () => {
  const one = await open(team, [profile()]);
  one.denied.add(`${ann} ${KEY}`);
  expect((await one.view()).people).toEqual([]);
  const bo = await team.add('Ann Lee', { companyName: 'Acme Logistics GmbH', evenSo: true });
  const other = await open(team, [profile()]);
  expect((await other.view()).people).toMatchObject([{ by: 'name', others: [expect.any(String)] }]);
  other.denied.add(`${ann} ${KEY}`);
  expect((await other.view()).people).toMatchObject([{ contactId: bo, by: 'name', others: [] }]);
});

test('what waits about one profile and several contacts undoes only what it is about', async () => {
  const bo = await team.add('Ann Lee', { companyName: 'Birch', evenSo: true });
  const one = await open(team, [profile({ at: [] })]);
  await one.view();
  one.unplug(true);
  for (const [contactId, theirs] of [
    [ann, true],
    [bo, true],
    [bo, false],
  ] as const)
    await one.write(identifyContact({ contactId, key: KEY, theirs }));
  expect((await one.view()).people).toMatchObject([{ contactId: ann, by: 'profile', others: [] }]);
});

test('taken back while out of reach, the profile is nobody’s here at once', async () => {
  await identify(ann, KEY);
  const one = await open(team, [profile({ at: [] })]);
  expect((await one.view()).people).toMatchObject([{ contactId: ann, by: 'profile' }]);
  one.unplug(true);
  await one.write(identifyContact({ contactId: ann, key: KEY, theirs: false }));
  expect((await one.view()).people).toEqual([]);
});
