import { afterAll, beforeAll, expect, test } from 'vitest';
import { open, seen } from './browser-rig.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createTeam, type Team } from './team.ts';

/** What the panel says of a page's people, with the real server behind the browser's copy. */
let database: TestDatabase;
let team: Team;
const ids: Record<string, string> = {};

beforeAll(async () => {
  database = await createTestDatabase();
  team = await createTeam(database.db);
  await database.asOwner(`update member set email = 'rita@us.example' where id = $1`, [team.memberId]);
  ids.ann = await team.add('Ann Lee', { email: 'ann+crm@acme.example', companyName: 'Acme Logistics GmbH' });
  ids.bo = await team.add('Bo Ray', { email: 'bo@acme.example', companyName: 'Acme Logistics GmbH' });
  ids.uta = await team.add('Uta Ohm', { email: 'uta@us.example', companyName: 'Us' });
});
afterAll(() => database.drop());

test('by other forms of an address, by name at the company, and a stranger by their company', async () => {
  const { view } = await open(team, [
    seen('ann@acme.example', { name: 'Ann', focus: true, role: 'sender' }),
    seen('b.ray@mail.acme.example', { name: 'RAY, Bo' }),
    seen('jo@sales.acme.example', { name: 'Jo Quill' }),
    seen('rita+test@us.example'),
    seen('new@us.example'),
    seen('x@elsewhere.example', { name: 'Bo Ray' }),
  ]);
  const { people, strangers } = await view();
  expect(people.map(({ contactId, by, alternate, matched }) => [contactId, by, alternate, matched])).toEqual([
    [ids.ann, 'address', true, 'ann@acme.example'],
    [ids.bo, 'name', undefined, 'RAY, Bo'],
  ]);
  expect(strangers.map(({ address, company }) => [address, company?.name])).toEqual([
    ['b.ray@mail.acme.example', 'Acme Logistics GmbH'],
    ['jo@sales.acme.example', 'Acme Logistics GmbH'],
    // A colleague's domain says nothing about a customer.
    ['new@us.example', undefined],
    ['x@elsewhere.example', undefined],
  ]);
});

test('of a page of strangers nothing is asked, and of a known company only its tag', async () => {
  const strangers = Array.from({ length: 1000 }, (_, n) =>
    seen(`s${n}+x@host${n}.example`, { name: `Given${n} Family` }),
  );
  const one = await open(team, strangers);
  const before = one.asked.length;
  expect((await one.view()).strangers).toHaveLength(100);
  expect(one.asked).toHaveLength(before);
  const other = await open(team, [...strangers.slice(0, 20), seen('jo@acme.example', { name: 'Jo Quill' })]);
  const start = other.asked.length;
  await other.view();
  await other.view();
  const sent = other.asked.slice(start);
  const tag = await other.replica.tag('domain:acme.example');
  expect(sent).toEqual([{ path: '/v1/lookup', body: JSON.stringify({ tags: [tag] }) }]);
});
