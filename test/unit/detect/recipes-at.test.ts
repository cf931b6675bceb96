import { expect, test } from 'vitest';
import type { Recipe } from '../../../utils/contract/recipe.ts';
import { recipesAt } from '../../../utils/detect/sites/index.ts';

const made = (id: string, hosts: string[], marks?: string[]): Recipe => ({
  id,
  version: 2026_11_23_00,
  label: id,
  kind: 'mail',
  hosts,
  ...(marks && { marks }),
});
const list = [
  made('host', ['mail.site.example']),
  made('both', ['*.big.example'], ['#app']),
  made('marks', [], ['#mail']),
];
const at = (host: string) => recipesAt(host, list).map(({ id, hosts }) => `${id} ${hosts.length}`);

test('a host’s own recipe is the only one there', () => {
  expect(at('mail.site.example')).toEqual(['host 1']);
  expect(at('eu.big.example')).toEqual(['both 1']);
});

test('on any other host a recipe goes by its marks alone, also one that has hosts of its own', () => {
  expect(at('mail.acme.example')).toEqual(['both 0', 'marks 0']);
  expect(at('')).toEqual(['both 0', 'marks 0']);
});
