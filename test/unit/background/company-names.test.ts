import { expect, test } from 'vitest';
import { companiesIn } from '../../../utils/background/company-names.ts';
import { nameKeys } from '../../../utils/background/guesses.ts';

test.each([
  [
    'Head of Operations at Acme Logistics | Speaker',
    ['Acme Logistics', 'Head of Operations', 'Speaker', 'Operations'],
  ],
  ['CTO @ Fern Labs • ex-Birch', ['Fern Labs', 'CTO', 'ex-Birch']],
  ['@acme @birch-labs', ['acme', 'birch-labs']],
  ['Einkauf bei Fern GmbH', ['Fern GmbH', 'Einkauf']],
  ['Acme Logistics', ['Acme Logistics']],
  ['Buyer, Birch', ['Buyer, Birch', 'Buyer', 'Birch']],
  ['acme.example', ['acme.example']],
  ['株式会社アクメ', ['株式会社アクメ']],
  [
    'CEO of Acme & Sons of London says so',
    ['CEO of Acme & Sons of London says so', 'Acme & Sons of London', 'CEO of Acme & Sons of London'],
  ],
  [
    'Head of Logistics at Acme\nMembers pay.',
    ['Acme', 'Head of Logistics', 'Members pay', 'Logistics', 'Members'],
  ],
  ['', []],
  [' | · ', ['| ·']],
])('%s', (headline, names) => expect(companiesIn(headline)).toEqual(names));

test('no more than a handful, of however long a line', () => {
  expect(companiesIn('at Acme, '.repeat(500)).length).toBeLessThan(9);
});

test('a name with a headline is looked for at each company in it, and at the address’ domain', () => {
  expect(nameKeys({ name: 'Ann Lee', at: ['Head of Operations at Acme Logistics GmbH'] })).toContain(
    'name:ann lee|acme logistics',
  );
  expect(nameKeys({ name: 'Ann Lee', address: 'ann@acme.example', at: ['Acme'] })).toEqual([
    'name:ann lee|acme.example',
    'name:ann lee|acme',
  ]);
  expect(nameKeys({ at: ['Acme'] })).toEqual([]);
});
