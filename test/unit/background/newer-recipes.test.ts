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

/** What would turn three pages in a row into an answer about what is on them. */
const ASKING = [
  '.adn:not(:has([email="cfo@rival.example"]))',
  '[title*="layoffs"]',
  "[title~='layoffs' i]",
  '[title=layoffs]',
  '[ title ^= "lay" ]',
  '[TITLE="layoffs"]',
  '[data-hovercard-id^="cfo"]',
  '[name="Ann Lee"]',
  'a[href*="/in/ann-lee"]',
  '[aria-label="Ann Lee, 3 unread"]',
  '[data-message-id="thread-f:17"]',
  '[class*="ann@birch.example"]',
  String.raw`.adn[title*="\6c ayoffs"]`,
  String.raw`#ann\@birch`,
  '[title/**/="layoffs"]',
  '[*|title="layoffs"]',
  '[|title="layoffs"]',
  '.a:has(> [title="layoffs"], [title="x"])',
  ':lang("layoffs")',
  '.a[title="layoffs',
  '[title*="机密"]',
];

test.each(ASKING)('a selector that asks what the page says is refused: %s', (selector) => {
  const entry = { selector, seen: '2026-11' };
  for (const list of [{ message: [entry] }, { sender: [{ ...entry, selector: '.a', nameIn: selector }] }]) {
    unchanged({ ...newer, ...list });
    expect(whyRefused({ ...newer, ...list }, shipped)).toMatch(/may ask for no text/);
  }
});

test('so is a text that the address has to follow', () => {
  unchanged({ ...newer, own: [{ selector: 'script', after: '"subject":"layoffs', seen: '2026-11' }] });
});

const POINTING = [
  '.adn.ads[data-message-id]',
  '[role="main"] [role=row] > [email]:not(h3 *):nth-child(2n+1)',
  '[title*="@"], a[href^="mailto:"], a[href*="/"]',
  '[data-testid="message-header:from"] [data-test-id^="email-pill"]',
  '[data-view-name="profile-top-card"]:is([aria-expanded="true"], [aria-level="1"])',
  '[class*="_EType_RECIPIENT"], [id^="primaryMailboxRoot"]',
];
test.each(POINTING)('one that only says where is taken: %s', (selector) => {
  const recipe = { ...newer, sender: [{ selector, seen: '2026-11' }] };
  expect(taken(recipe)).toEqual([recipe, marked, social]);
});

test('what the shipped one asks for may be asked for again', () => {
  const ours: Recipe = {
    ...mail,
    own: [{ selector: '[aria-label^="Account"]', after: '"username":"', seen: '2026-11' }],
  };
  const own = [{ selector: '.new [aria-label^="Account"]', after: '"username":"', seen: '2026-12' }];
  expect(newestOf([ours], readServed([{ ...newer, own }], [ours]))).toEqual([{ ...newer, own }]);
});

test('what has to be found where, and by what a site is known, stay the shipped one’s', () => {
  const ours: Recipe = {
    ...marked,
    expects: [{ view: 'message', where: ['*://*/mail/show*'] }],
  };
  const wide: Recipe = {
    ...ours,
    version: newer.version,
    marks: ['html'],
    expects: [{ view: 'message', where: ['https://mail.google.com/*search/layoffs*'] }],
  };
  expect(newestOf([ours], readServed([wide], [ours]))).toEqual([{ ...ours, version: newer.version }]);
  const { expects: _, ...none } = wide;
  expect(newestOf([ours], readServed([none], [ours]))[0]?.expects).toEqual(ours.expects);
  expect(newestOf([mail], readServed([{ ...newer, expects: wide.expects }], [mail]))).toEqual([newer]);
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

test.each(recipes.map((recipe) => [recipe.id, recipe] as const))(
  '%s says what it must find, and can be mended as a file',
  (id, recipe) => {
    expect(recipe.expects).toBeDefined();
    const next = { ...recipe, version: recipe.version + 1 };
    expect(readRecipeFile(id, JSON.stringify(next, undefined, 2))).toEqual({ recipe: next });
    expect(whyRefused(next, recipes)).toBeUndefined();
    expect(newestOf(recipes, readServed([next], recipes))).toContainEqual(next);
  },
);
