import { expect, test } from 'vitest';
import { findPeople, type Index } from '../../../utils/background/people.ts';
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

test('a name alone is a suggestion, and its address still a stranger', () => {
  const key = 'name:ann lee|x.example';
  const sighting = seen('ann@x.example', { keys: ['email:ann@x.example', key] });
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

test('one contact under two keys is shown once, by the surer one', () => {
  const known = new Set(['name:ann lee|x.example', 'email:ann@x.example', 'linkedin:in/ann']);
  const ids = new Map([...known].map((key) => [key, ['1']]));
  const { found } = findPeople(
    [
      seen(undefined, { keys: ['name:ann lee|x.example'] }),
      seen('ann@x.example'),
      seen(undefined, { keys: ['linkedin:in/ann'], focus: true }),
    ],
    index({ known, ids }),
  );
  expect(found).toMatchObject([{ by: 'address', sighting: { focus: true } }]);
});
