import { expect, test } from 'vitest';
import { readRecipeFile } from '../../../server/recipe-file.ts';
import { newestOf, readServed, whyRefused } from '../../../utils/background/newer-recipes.ts';
import type { Recipe } from '../../../utils/contract/recipe.ts';
import { recipes } from '../../../utils/detect/sites/index.ts';

/** A served recipe stands in for a shipped one of the same sites, and can do nothing else. */
const mail: Recipe = {
  ...{ id: 'mail', version: 2026_11_23_00, label: 'Mail', kind: 'mail' },
  hosts: ['mail.example.org', '*.post.example'],
  sender: [{ selector: '.old', seen: '2026-11' }],
};
const marked: Recipe = { ...mail, id: 'marked', hosts: [], marks: ['#app'] };
const social: Recipe = { ...mail, id: 'social', kind: 'social', hosts: ['social.example'] };
const shipped = [mail, marked, social];
const newer: Recipe = { ...mail, version: 2026_11_24_00, sender: [{ selector: '.new', seen: '2026-11' }] };

const taken = (...served: unknown[]) => newestOf(shipped, readServed(served, shipped));
const unchanged = (served: unknown) => expect(taken(served)).toEqual(shipped);

test('a newer one takes the place of the shipped one, in its order and under its label', () => {
  expect(taken({ ...newer, label: 'Click here' })).toEqual([newer, marked, social]);
  expect(taken({ ...newer, unknownField: { of: 'a newer server' } })).toEqual([newer, marked, social]);
});

test('of several of one site the newest holds, in whatever order they come', () => {
  const newest = { ...newer, version: 2026_11_25_00 };
  expect(taken(newer, newest)).toEqual([newest, marked, social]);
  expect(taken(newest, newer)).toEqual([newest, marked, social]);
});

test.each<[string, unknown]>([
  ['the same version', { ...newer, version: mail.version }],
  ['a lower version', { ...newer, version: 2026_11_22_99 }],
  ['a site that the extension does not know', { ...newer, id: 'bank' }],
  ['one more host', { ...newer, hosts: [...mail.hosts, 'bank.example'] }],
  ['a host that only ends alike', { ...newer, hosts: ['evilpost.example'] }],
  ['a host above', { ...newer, hosts: ['example.org'] }],
  ['everything below a host', { ...newer, hosts: ['*.mail.example.org'] }],
  ['everything below a domain', { ...newer, hosts: ['*.example'] }],
  ['no host, so any', { ...newer, hosts: [], marks: ['body'] }],
  ['hosts where there are marks', { ...marked, version: newer.version, hosts: ['bank.example'] }],
  ['no marks where they are all there is', { ...mail, id: 'marked', version: newer.version, hosts: [] }],
  ['a social site as mail', { ...social, version: newer.version, kind: 'mail' }],
  ['no recipe', 'mail'],
  ['nothing', null],
  ['a selector that is a function', { ...newer, sender: [{ selector: '() => 1', seen: 'soon' }] }],
  ['a selector without end', { ...newer, sender: [{ selector: 'a'.repeat(501), seen: '2026-11' }] }],
  ['lists without end', { ...newer, listed: Array(21).fill({ selector: '.a', seen: '2026-11' }) }],
  ['a version that is none', { ...newer, version: Number.MAX_SAFE_INTEGER }],
  ['the name of what every object has', JSON.parse('{"__proto__": {}, "id": "__proto__"}')],
])('it is not taken: %s', (_, served) => {
  unchanged(served);
});

test('hosts may be fewer, and below what the shipped one covers', () => {
  for (const hosts of [['mail.example.org'], ['post.example'], ['de.post.example'], ['*.de.post.example']])
    expect(taken({ ...newer, hosts })[0]?.hosts).toEqual(hosts);
});

test('one that is too large is left out, and so is what comes after a hundred', () => {
  const wide = Array(20).fill({ selector: 'x'.repeat(500), nameIn: 'x'.repeat(500), seen: '2026-11' });
  unchanged({ ...newer, sender: wide, recipient: wide, listed: wide, own: wide });
  const others = Array.from({ length: 100 }, (_, n) => ({ ...newer, id: `a${n}` }));
  expect(taken(...others, newer)).toEqual(shipped);
});

test('bad ones take no good one along', () => {
  expect(taken({ id: 1 }, newer, { ...newer, id: 'bank' })).toEqual([newer, marked, social]);
});

test('whoever wrote it is told what is wrong', () => {
  expect(whyRefused({ ...newer, hosts: ['bank.example'] }, shipped)).toMatch(/hosts: bank\.example/);
  expect(whyRefused({ ...newer, version: 2020_01_01_00 }, shipped)).toMatch(/version: .*above 2026112300/);
  expect(whyRefused(newer, shipped)).toBeUndefined();
});

/** People and organisations have addresses of one form there: nothing says that somebody has to be found. */
const ALIKE = ['github'];

test.each(recipes.map((recipe) => [recipe.id, recipe] as const))(
  '%s says what it must find, and can be mended as a file',
  (id, recipe) => {
    expect(recipe.expects !== undefined).toBe(!ALIKE.includes(id));
    const next = { ...recipe, version: recipe.version + 1 };
    expect(readRecipeFile(id, JSON.stringify(next, undefined, 2))).toEqual({ recipe: next });
    expect(whyRefused(next, recipes)).toBeUndefined();
    expect(newestOf(recipes, readServed([next], recipes))).toContainEqual(next);
  },
);
