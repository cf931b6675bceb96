import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  domainKey,
  emailKey,
  importTagKey,
  linkedinKey,
  normalAddress,
  normalDomain,
  tagOf,
  xKey,
} from '../../../utils/contract/match-key.ts';
import { nameKey } from '../../../utils/contract/name-key.ts';

describe('addresses', () => {
  test.each([
    ['Ann@ACME.example', 'ann@acme.example'],
    [' ann@acme.example ', 'ann@acme.example'],
    ['ann+tag@acme.example.', 'ann+tag@acme.example'],
    ['êjness@acme.example', 'êjness@acme.example'],
    ['e\u0302jness@acme.example', 'êjness@acme.example'],
    ['ann@müller.example', 'ann@xn--mller-kva.example'],
    ['ann@XN--MLLER-KVA.example', 'ann@xn--mller-kva.example'],
    ['伊昭傑@郵件.商務', '伊昭傑@xn--5nqv22n.xn--lhr59c'],
    ["!#$%&'*+/=?^_`{|}~-@acme.example", "!#$%&'*+/=?^_`{|}~-@acme.example"],
    [`${'a'.repeat(64)}@acme.example`, `${'a'.repeat(64)}@acme.example`],
  ])('%s', (raw, normal) => {
    expect(normalAddress(raw)).toBe(normal);
    expect(emailKey(raw)).toBe(`email:${normal}`);
  });

  test.each([
    '',
    '@',
    'ann',
    'ann@',
    '@acme.example',
    '.ann@acme.example',
    'ann.@acme.example',
    'an..n@acme.example',
    'ann lee@acme.example',
    'ann@acme',
    'ann@255.255.255.255',
    'ann@[127.0.0.1]',
    'ann@acme.123',
    'ann@-acme.example',
    'ann@acme-.example',
    'ann@acme..example',
    'ann@acme.example/x',
    'ann@acme%2eexample',
    `${'a'.repeat(65)}@acme.example`,
    `ann@${'a'.repeat(64)}.example`,
  ])('none: %s', (raw) => expect(normalAddress(raw)).toBeUndefined());

  test('a normal form is its own normal form, and case never matters', () => {
    const word = fc.stringMatching(/^[a-zA-Z0-9]{1,20}$/);
    fc.assert(
      fc.property(word, word, fc.stringMatching(/^[a-zA-Z]{2,6}$/), (local, host, tld) => {
        const raw = `${local}@${host}.${tld}`;
        const normal = normalAddress(raw);
        expect(normal).toBe(raw.toLowerCase());
        expect(normalAddress(normal ?? '')).toBe(normal);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (raw) => {
        const normal = normalAddress(raw);
        if (normal !== undefined) expect(normalAddress(normal)).toBe(normal);
      }),
    );
  });

  test('plain hosts take the short way to the same answer as the URL parser', () => {
    const label = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
    fc.assert(
      fc.property(fc.array(label, { minLength: 2, maxLength: 4 }), (labels) => {
        const host = labels.join('.');
        const normal = normalDomain(host);
        if (normal !== undefined) expect(normal).toBe(URL.parse(`http://${host}/`)?.hostname);
      }),
    );
  });
});

describe('profiles', () => {
  test.each([
    ['https://www.linkedin.com/in/Ann-Lee/', 'linkedin:in/ann-lee'],
    ['https://de.linkedin.com/in/ann-lee?trk=x', 'linkedin:in/ann-lee'],
    ['//linkedin.com/in/ann-lee#about', 'linkedin:in/ann-lee'],
    ['in/ann-lee', 'linkedin:in/ann-lee'],
    ['/in/zo%C3%AB/', 'linkedin:in/zoë'],
    ['/in/zoe\u0308/', 'linkedin:in/zoë'],
    ['https://notlinkedin.com/in/ann', undefined],
    ['https://www.linkedin.com/company/acme', undefined],
    ['/in/%E0%A4%A', undefined],
  ])('%s', (raw, key) => expect(linkedinKey(raw)).toBe(key));

  test.each([
    ['https://x.com/AnnLee', 'x:annlee'],
    ['https://mobile.twitter.com/annlee?s=1', 'x:annlee'],
    ['@AnnLee', 'x:annlee'],
    ['https://dropbox.com/annlee', undefined],
    ['https://x.com/annlee/status/1', undefined],
  ])('%s', (raw, key) => expect(xKey(raw)).toBe(key));
});

test('domains and names', () => {
  expect(domainKey('ACME.example')).toBe('domain:acme.example');
  expect(domainKey('acme')).toBeUndefined();
  expect(nameKey('Zoë  François', 'Acme Logistics')).toBe('name:francois zoe|acme logistics');
  expect(nameKey('Ann Lee', 'ACME.example')).toBe('name:ann lee|acme.example');
  expect(nameKey('Ann', 'acme.example')).toBeUndefined();
});

test('a tag is 48 bits, the same for the same key, another under another workspace', async () => {
  const [one, two] = await Promise.all(
    [1, 2].map((fill) => importTagKey(btoa(String.fromCharCode(...Array(32).fill(fill))))),
  );
  if (!one || !two) throw new Error('no key');
  const tag = await tagOf(one, 'email:ann@acme.example');
  expect(tag).toBe(await tagOf(one, 'email:ann@acme.example'));
  expect(Number.isSafeInteger(tag) && tag >= 0 && tag < 2 ** 48).toBe(true);
  expect(tag).not.toBe(await tagOf(two, 'email:ann@acme.example'));
});
