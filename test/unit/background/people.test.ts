import { expect, test } from 'vitest';
import { findPeople, guessesIn, type Index } from '../../../utils/background/people.ts';
import type { Sighting } from '../../../utils/detect/types.ts';

const seen = (address: string | undefined, more: Partial<Sighting> = {}): Sighting => ({
  keys: address === undefined ? [] : [`email:${address}`],
  ...(address !== undefined && { address }),
  role: 'mentioned',
  focus: false,
  why: 'text',
  ...more,
});
const index = (more: Partial<Index> = {}): Index => ({
  known: new Set(),
  ids: new Map(),
  answered: () => false,
  nameOf: () => undefined,
  addressesOf: () => undefined,
  denied: new Set(),
  own: new Set(),
  ...more,
});

test('a known address is a person, any other a stranger, our own neither', () => {
  const { found, strangers } = findPeople(
    [seen('ann@x.example'), seen('bo@x.example', { name: 'Bo' }), seen('me@us.example')],
    index({
      known: new Set(['email:ann@x.example', 'email:me@us.example']),
      own: new Set(['email:me@us.example']),
    }),
  );
  expect(found).toMatchObject([{ key: 'email:ann@x.example', by: 'address', ids: [] }]);
  expect(strangers).toEqual([{ address: 'bo@x.example', name: 'Bo', role: 'mentioned', focus: false }]);
});

test('of strangers by profile alone only whom the page is about is one to be added', () => {
  const one = (name: string, focus: boolean) =>
    seen(undefined, { keys: [`linkedin:in/${name}`], name: 'Ann Lee', focus });
  const { strangers } = findPeople([one('ann', true), one('bo', false)], index());
  expect(strangers).toMatchObject([
    { address: 'linkedin.com/in/ann', profile: 'linkedin:in/ann', focus: true },
  ]);
});

test('a name alone is a suggestion, and its address still a stranger', () => {
  const key = 'name:ann lee|x.example';
  const sighting = seen('ann@mail.x.example', { name: 'Lee, Ann' });
  const { found, strangers } = findPeople([sighting], index({ known: new Set([key]) }));
  expect(found).toMatchObject([{ key, by: 'name' }]);
  expect(strangers).toHaveLength(1);
});

test('a tag that fits by accident makes no contact once the server has answered', () => {
  const known = new Set(['email:ann@x.example']);
  const { found, strangers } = findPeople([seen('ann@x.example')], index({ known, answered: () => true }));
  expect(found).toEqual([]);
  expect(strangers).toHaveLength(1);
});

test('several people of one address: the one that the page names comes first', () => {
  const key = 'email:office@x.example';
  const { found } = findPeople(
    [seen('office@x.example', { name: 'Zoë François' })],
    index({
      known: new Set([key]),
      ids: new Map([[key, ['1', '2']]]),
      nameOf: (id) => (id === '2' ? 'Zoe Francois' : 'Ann Lee'),
    }),
  );
  expect(found[0]?.ids).toEqual(['2', '1']);
});

test('another form of a known address is the same person, and no stranger', () => {
  const known = new Set(['email:ann@x.example', 'email:bolee@gmail.com']);
  const ids = new Map([
    ['email:ann@x.example', ['1']],
    ['email:bolee@gmail.com', ['2']],
  ]);
  const { found, strangers } = findPeople(
    [seen('ann+news@x.example'), seen('bo.lee@googlemail.com'), seen('ann+news@y.example')],
    index({ known, ids, addressesOf: (id) => [id === '1' ? 'ann@x.example' : 'b.o.lee@gmail.com'] }),
  );
  expect(found).toMatchObject([
    { key: 'email:ann@x.example', by: 'address', alternate: true, ids: ['1'] },
    { key: 'email:bolee@gmail.com', by: 'address', alternate: true, ids: ['2'] },
  ]);
  expect(strangers.map(({ address }) => address)).toEqual(['ann+news@y.example']);
});

test('whoever has the address itself wins over those who have another form of it', () => {
  const key = 'email:ann@x.example';
  const emails: Record<string, string[]> = { 1: ['ann@x.example'], 2: ['ann+shop@x.example'] };
  const who = (address: string, ids: Map<string, string[]>) =>
    findPeople(
      [seen(address)],
      index({ known: new Set(ids.keys()), ids, addressesOf: (id) => emails[id] }),
    ).found.map((each) => [each.ids, each.alternate ?? false]);
  // The plain address is the tag of both.
  expect(who('ann@x.example', new Map([[key, ['1', '2']]]))).toEqual([[['1'], false]]);
  expect(who('ann@x.example', new Map([[key, ['2']]]))).toEqual([[['2'], true]]);
  const both = new Map([
    ['email:ann+shop@x.example', ['2']],
    [key, ['1', '2']],
  ]);
  expect(who('ann+shop@x.example', both)).toEqual([[['2'], false]]);
  expect(who('ann+news@x.example', both)).toEqual([[['1', '2'], true]]);
});

test('our own are left out in whatever form, and what machines write is nobody’s other form', () => {
  const known = new Set(['email:rita@us.example', 'email:reply@forge.example']);
  const { found, strangers } = findPeople(
    [seen('rita+test@us.example'), seen('reply+77@forge.example')],
    index({ known, own: new Set(['email:rita@us.example']) }),
  );
  expect(found).toEqual([]);
  expect(strangers.map(({ address }) => address)).toEqual(['reply+77@forge.example']);
});

test('two forms of one address are one person, before the card is there too', () => {
  const known = new Set(['email:ann@x.example']);
  const sightings = [seen('ann+a@x.example'), seen('ann+b@x.example', { focus: true })];
  expect(findPeople(sightings, index({ known })).found).toMatchObject([{ sighting: { focus: true } }]);
  const ids = new Map([['email:ann@x.example', ['1']]]);
  const both = findPeople([...sightings, seen('ann@x.example')], index({ known, ids }));
  expect(both.found).toHaveLength(1);
  expect(both.found[0]?.alternate).toBeUndefined();
});

test('one contact under two keys is shown once, by the surer one', () => {
  const known = new Set(['name:ann lee|x.example', 'email:ann@x.example', 'linkedin:in/ann']);
  const ids = new Map([...known].map((key) => [key, ['1']]));
  const { found } = findPeople(
    [
      seen('alee@x.example', { name: 'Ann Lee' }),
      seen('ann@x.example'),
      seen(undefined, { keys: ['linkedin:in/ann'], focus: true }),
    ],
    index({ known, ids }),
  );
  expect(found).toMatchObject([{ by: 'address', sighting: { focus: true } }]);
});

test('what a page claims is a suggestion, never a fact, and its own profile is what is confirmed', () => {
  const claimed = 'linkedin:in/ann-ceo';
  const mallory = seen(undefined, {
    ...{ keys: ['github:mallory'], claims: [claimed, 'email:ann@x.example'], name: 'Mallory' },
    ...{ role: 'profile', focus: true },
  });
  const known = new Set([claimed]);
  const ids = new Map([[claimed, ['1']]]);
  const { found, strangers } = findPeople([mallory], index({ known, ids }));
  expect(found).toMatchObject([
    {
      key: claimed,
      by: 'claim',
      ids: ['1'],
      guess: { confirm: ['github:mallory'], marks: ['github:mallory'] },
    },
  ]);
  // Whoever it is can be added as somebody else.
  expect(strangers).toMatchObject([{ profile: 'github:mallory', focus: true }]);
  expect(guessesIn([mallory], index({ known, ids }))).toEqual(['1 github:mallory']);
  const denied = new Set(['1 github:mallory']);
  expect(findPeople([mallory], index({ known, ids, denied })).found).toEqual([]);
});

test('whoever a page is about and claims to be is asked about, though it links to them as well', () => {
  const key = 'linkedin:in/ann-ceo';
  const given = { known: new Set([key]), ids: new Map([[key, ['1']]]) };
  const owner = seen(undefined, { keys: ['github:mallory'], claims: [key], name: 'Mallory', focus: true });
  const linked = seen(undefined, { keys: [key] });
  for (const all of [
    [owner, linked],
    [linked, owner],
  ])
    expect(findPeople(all, index(given)).found).toMatchObject([{ by: 'claim', sighting: { focus: true } }]);
  const denied = new Set(['1 github:mallory']);
  expect(findPeople([owner, linked], index({ ...given, denied })).found).toMatchObject([
    { by: 'profile', sighting: { focus: false } },
  ]);
});

test('a claim does not put a known person in the focus of somebody else’s page', () => {
  const known = new Set(['github:mallory', 'linkedin:in/ann-ceo']);
  const ids = new Map([
    ['github:mallory', ['2']],
    ['linkedin:in/ann-ceo', ['1']],
  ]);
  const one = seen(undefined, { keys: ['github:mallory'], claims: ['linkedin:in/ann-ceo'], focus: true });
  expect(findPeople([one], index({ known, ids })).found).toMatchObject([{ ids: ['2'], by: 'profile' }]);
});

test('confirmed are all keys of a profile, the one that people can read first', () => {
  const member = 'linkedin:in/ACwAAAEfAbCdEfGhIjKlMnOpQrStUvWxYz012345';
  const key = 'name:ann lee|acme';
  const one = seen(undefined, { keys: [member, 'linkedin:in/ann-lee'], name: 'Ann Lee', at: ['Acme'] });
  const { found } = findPeople([one], index({ known: new Set([key]), ids: new Map([[key, ['1']]]) }));
  expect(found[0]?.guess?.confirm).toEqual(['linkedin:in/ann-lee', member]);
});

test('a name in plain text that was denied on a site is not guessed there again, but elsewhere', () => {
  const key = 'name:ann lee|acme';
  const one = seen(undefined, { name: 'Ann Lee', at: ['Acme'] });
  const given = { known: new Set([key]), ids: new Map([[key, ['1']]]) };
  const here = { ...given, host: 'fair.example' };
  const denied = new Set(guessesIn([one], index(here)));
  expect(denied.size).toBe(1);
  expect(findPeople([one], index({ ...here, denied })).found).toEqual([]);
  expect(findPeople([one], index({ ...given, host: 'other.example', denied })).found).toHaveLength(1);
});
