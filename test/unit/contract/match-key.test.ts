import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  domainKey,
  domainsUp,
  emailKey,
  importTagKey,
  linkedinKey,
  normalAddress,
  normalDomain,
  tagOf,
  xKey,
} from '../../../utils/contract/match-key.ts';
import FORMS from '../../fixtures/address-forms.json' with { type: 'json' };

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

test('addresses as standards and their breakers write them', () => {
  // Modelled on the cases of isemail (BSD-3-Clause): an unusual one is none of ours, rather than somebody else's.
  const said = FORMS.map(([written]) => [written, normalAddress(written ?? '') ?? null]);
  expect(said).toEqual(FORMS);
  expect(FORMS.length).toBeGreaterThan(200);
});

describe('profiles', () => {
  const LEAD = 'ACwAAAEfAbCdEfGhIjKlMnOpQrStUvWxYz012345';
  test.each([
    ['https://www.linkedin.com/in/Ann-Lee/', 'linkedin:in/ann-lee'],
    ['https://www.linkedin.com/in/ann-lee', 'linkedin:in/ann-lee'],
    ['https://de.linkedin.com/in/ann-lee?trk=x', 'linkedin:in/ann-lee'],
    ['http://touch.www.linkedin.com/in/ann-lee', 'linkedin:in/ann-lee'],
    ['https://m.linkedin.com/in/ann-lee', 'linkedin:in/ann-lee'],
    ['https://www.linkedin.com/mwlite/in/ann-lee', 'linkedin:in/ann-lee'],
    ['https://www.linkedin.com/m/in/ann-lee/', 'linkedin:in/ann-lee'],
    ['https://www.linkedin.com/in/ann-lee/de', 'linkedin:in/ann-lee'],
    ['https://www.linkedin.com/in/ann-lee/en-us?originalSubdomain=de', 'linkedin:in/ann-lee'],
    ['https://www.linkedin.com/in/ann-lee/?locale=de_DE', 'linkedin:in/ann-lee'],
    ['https://www.linkedin.com/in/ann-lee/overlay/contact-info/', 'linkedin:in/ann-lee'],
    ['https://www.linkedin.com/in/ann-lee/details/experience/', 'linkedin:in/ann-lee'],
    ['//linkedin.com/in/ann-lee#about', 'linkedin:in/ann-lee'],
    ['linkedin.com/in/ann-lee', 'linkedin:in/ann-lee'],
    [' www.linkedin.com/in/ann-lee ', 'linkedin:in/ann-lee'],
    ['LINKEDIN.COM/IN/ANN-LEE', 'linkedin:in/ann-lee'],
    ['in/ann-lee', 'linkedin:in/ann-lee'],
    ['/in/zo%C3%AB/', 'linkedin:in/zoë'],
    ['/in/zo%25C3%25AB/', 'linkedin:in/zoë'],
    ['/in/zoe\u0308/', 'linkedin:in/zoë'],
    ['https://www.linkedin.com/in/%E7%8E%8B%E5%B0%8F%E6%98%8E-1b2', 'linkedin:in/王小明-1b2'],
    ['https://uk.linkedin.com/pub/ann-lee/a7/576/b50?trk=x', 'linkedin:in/ann-lee-b50576a7'],
    ['https://www.linkedin.com/pub/ann-lee/4/b/12/', 'linkedin:in/ann-lee-01200b4'],
    [`https://www.linkedin.com/sales/lead/${LEAD},NAME_SEARCH,x1Y2`, `linkedin:in/${LEAD}`],
    [`https://www.linkedin.com/sales/people/${LEAD}%2CNAME_SEARCH%2Cx1Y2?_ntb=a`, `linkedin:in/${LEAD}`],
    [`https://www.linkedin.com/in/${LEAD}/`, `linkedin:in/${LEAD}`],
    ['https://notlinkedin.com/in/ann', undefined],
    ['https://linkedin.com.evil.example/in/ann', undefined],
    ['https://www.linkedin.com@evil.example/in/ann', undefined],
    ['https://evil.example/www.linkedin.com/in/ann', undefined],
    ['https://evil.example/?u=https://www.linkedin.com/in/ann', undefined],
    ['https://acme.example/in/ann', undefined],
    ['https://www.linkedin.com/company/acme', undefined],
    ['https://www.linkedin.com/school/acme/', undefined],
    ['https://www.linkedin.com/pub/dir/Ann/Lee', undefined],
    ['https://www.linkedin.com/pub/ann-lee', undefined],
    ['https://www.linkedin.com/feed/update/urn:li:activity:1/', undefined],
    ['https://www.linkedin.com/in/', undefined],
    ['/in/a%2Fb', undefined],
    ['/in/%20', undefined],
    ['/in/%E0%A4%A', undefined],
    ['', undefined],
  ])('%s', (raw, key) => expect(linkedinKey(raw)).toBe(key));

  test('two members are two, though their ids differ in case alone', () => {
    const [one, other] = [LEAD, LEAD.replace('b', 'B')].map((id) => linkedinKey(`in/${id}`));
    expect(one).not.toBe(other);
  });

  test.each([
    ['https://x.com/AnnLee', 'x:annlee'],
    ['https://x.com/AnnLee/', 'x:annlee'],
    ['https://www.twitter.com/annlee', 'x:annlee'],
    ['https://mobile.twitter.com/annlee?s=1', 'x:annlee'],
    ['https://m.twitter.com/annlee', 'x:annlee'],
    ['https://twitter.com/#!/annlee', 'x:annlee'],
    ['https://twitter.com/@annlee', 'x:annlee'],
    ['https://x.com/annlee/with_replies', 'x:annlee'],
    ['https://x.com/intent/user?screen_name=AnnLee', 'x:annlee'],
    ['https://twitter.com/intent/follow?ref=a&screen_name=AnnLee&tw_p=b', 'x:annlee'],
    ['//x.com/annlee', 'x:annlee'],
    ['x.com/annlee', 'x:annlee'],
    ['@AnnLee', 'x:annlee'],
    ['https://dropbox.com/annlee', undefined],
    ['https://x.com.evil.example/annlee', undefined],
    ['https://evil.example/x.com/annlee', undefined],
    ['https://x.com/annlee/status/1', undefined],
    ['https://x.com/home', undefined],
    ['https://x.com/i/flow/login', undefined],
    ['https://twitter.com/intent/tweet?text=@annlee', undefined],
    ['https://x.com/search?q=annlee', undefined],
    ['https://x.com/a_name_of_more_than_15', undefined],
    ['@', undefined],
  ])('%s', (raw, key) => expect(xKey(raw)).toBe(key));

  test('never throw, are bounded where they are kept, and read their own form the same way', () => {
    const part = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.constantFrom(
        'in/',
        '/',
        'pub/',
        'https://',
        'linkedin.com/',
        'x.com/',
        '%',
        '%25',
        '%C3',
        ',',
        '@',
        '\ud800',
      ),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 10 }), (parts) => {
        const raw = parts.join('');
        for (const each of [linkedinKey(raw), linkedinKey(`in/${raw}`)]) {
          if (each !== undefined) expect(linkedinKey(each.slice('linkedin:'.length))).toBe(each);
        }
        const handle = xKey(raw);
        if (handle !== undefined) expect(xKey(handle.replace('x:', '@'))).toBe(handle);
      }),
      { numRuns: 1000 },
    );
    for (const piece of ['in/', '/', 'a', 'a.', '%25', 'www.', '#!/', '&screen_name=', 'pub/a/1/2/3']) {
      const long = piece.repeat(200_000);
      for (const raw of [long, `https://x.com/intent/user?${long}`, `https://www.linkedin.com/in/${long}`]) {
        expect(linkedinKey(raw)?.length ?? 0).toBeLessThan(2000);
        expect(xKey(raw)).toBeUndefined();
      }
    }
  });
});

test('domains', () => {
  expect(domainKey('ACME.example')).toBe('domain:acme.example');
  expect(domainKey('acme')).toBeUndefined();
  expect(domainsUp('acme.example')).toEqual(['acme.example']);
  expect(domainsUp('mail.acme.co.uk')).toEqual(['mail.acme.co.uk', 'acme.co.uk', 'co.uk']);
  expect(domainsUp('a.b.c.d.acme.example')).toEqual([
    'a.b.c.d.acme.example',
    'c.d.acme.example',
    'd.acme.example',
    'acme.example',
  ]);
  expect(domainsUp('')).toEqual([]);
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
