import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linkedinKey, xKey } from '../../../utils/contract/match-key.ts';
import { typedLinkedinKey, typedXKey } from '../../../utils/contract/profile-key.ts';

const LEAD = 'ACwAAAEfAbCdEfGhIjKlMnOpQrStUvWxYz012345';

test.each([
  ['https://www.linkedin.com/in/Ann-Lee/', 'linkedin:in/ann-lee'],
  ['https://www.linkedin.com/in/ann-lee', 'linkedin:in/ann-lee'],
  ['https://de.linkedin.com/in/ann-lee?trk=x', 'linkedin:in/ann-lee'],
  ['http://touch.www.linkedin.com/in/ann-lee', 'linkedin:in/ann-lee'],
  ['https://m.linkedin.com/in/ann-lee', 'linkedin:in/ann-lee'],
  ['https://www.linkedin.com/in/ann-lee/de', 'linkedin:in/ann-lee'],
  ['https://www.linkedin.com/in/ann-lee/en-us?originalSubdomain=de', 'linkedin:in/ann-lee'],
  ['https://www.linkedin.com/in/ann-lee/?locale=de_DE', 'linkedin:in/ann-lee'],
  ['https://www.linkedin.com/in/ann-lee/overlay/about-this-profile/', 'linkedin:in/ann-lee'],
  ['https://www.linkedin.com/in/ann-lee/overlay/contact-info/', 'linkedin:in/ann-lee'],
  ['https://www.linkedin.com/in/ann-lee/details/experience/', 'linkedin:in/ann-lee'],
  ['//linkedin.com/in/ann-lee#about', 'linkedin:in/ann-lee'],
  ['/in/ann-lee/overlay/contact-info/', 'linkedin:in/ann-lee'],
  ['in/ann-lee', 'linkedin:in/ann-lee'],
  ['/in/zo%C3%AB/', 'linkedin:in/zoë'],
  ['/in/zoe\u0308/', 'linkedin:in/zoë'],
  ['https://www.linkedin.com/in/%E7%8E%8B%E5%B0%8F%E6%98%8E-1b2', 'linkedin:in/王小明-1b2'],
  ['https://www.linkedin.com/in/ann-lee-%F0%9F%9A%80', 'linkedin:in/ann-lee-🚀'],
  [`https://www.linkedin.com/sales/lead/${LEAD},NAME_SEARCH,x1Y2`, `linkedin:in/${LEAD}`],
  [`https://www.linkedin.com/sales/people/${LEAD}%2CNAME_SEARCH%2Cx1Y2?_ntb=a`, `linkedin:in/${LEAD}`],
  [`https://www.linkedin.com/in/${LEAD}/`, `linkedin:in/${LEAD}`],
])('on a page and typed: %s', (raw, key) => {
  expect(linkedinKey(raw)).toBe(key);
  expect(typedLinkedinKey(raw)).toBe(key);
});

test.each([
  ['linkedin.com/in/ann-lee', 'linkedin:in/ann-lee'],
  [' www.linkedin.com/in/ann-lee ', 'linkedin:in/ann-lee'],
  ['LINKEDIN.COM/IN/ANN-LEE', 'linkedin:in/ann-lee'],
  ['https://www.linkedin.com/mwlite/in/ann-lee', 'linkedin:in/ann-lee'],
  ['https://www.linkedin.com/m/in/ann-lee/', 'linkedin:in/ann-lee'],
  ['https://www.linkedin.com/in/zo%25C3%25AB/', 'linkedin:in/zoë'],
  ['https://uk.linkedin.com/pub/ann-lee/a7/576/b50?trk=x', 'linkedin:in/ann-lee-b50576a7'],
  ['https://www.linkedin.com/pub/ann-lee/4/b/12/', 'linkedin:in/ann-lee-01200b4'],
])('as typed: %s', (raw, key) => expect(typedLinkedinKey(raw)).toBe(key));

test.each([
  ['https://notlinkedin.com/in/ann'],
  ['https://linkedin.com.evil.example/in/ann'],
  ['https://www.linkedin.com@evil.example/in/ann'],
  ['https://evil.example/www.linkedin.com/in/ann'],
  ['https://evil.example/?u=https://www.linkedin.com/in/ann'],
  ['https://acme.example/in/ann'],
  ['https://www.linkedin.com/company/acme'],
  ['https://www.linkedin.com/school/acme/'],
  ['https://www.linkedin.com/pub/dir/Ann/Lee'],
  ['https://www.linkedin.com/pub/ann-lee'],
  ['https://www.linkedin.com/feed/update/urn:li:activity:1/'],
  ['https://www.linkedin.com/sales/search/people?query=x'],
  ['https://www.linkedin.com/in/'],
  ['/in/a%2Fb'],
  ['/in/%20'],
  ['/in/%E0%A4%A'],
  ['Ann Lee'],
  [''],
])('no profile: %s', (raw) => {
  expect(linkedinKey(raw)).toBeUndefined();
  expect(typedLinkedinKey(raw)).toBeUndefined();
});

test('two members are two, though their ids differ in case alone', () => {
  const [one, other] = [LEAD, LEAD.replace('b', 'B')].map((id) => linkedinKey(`in/${id}`));
  expect(one).not.toBe(other);
});

test.each([
  ['https://x.com/AnnLee', 'x:annlee'],
  ['https://x.com/AnnLee/', 'x:annlee'],
  ['https://www.twitter.com/annlee', 'x:annlee'],
  ['https://mobile.twitter.com/annlee?s=1', 'x:annlee'],
  ['https://x.com/annlee/with_replies', 'x:annlee'],
  ['https://x.com/annlee/media/?a=b', 'x:annlee'],
  ['//x.com/annlee', 'x:annlee'],
  ['@AnnLee', 'x:annlee'],
])('on a page and typed: %s', (raw, key) => {
  expect(xKey(raw)).toBe(key);
  expect(typedXKey(raw)).toBe(key);
});

test.each([
  ['https://m.twitter.com/annlee', 'x:annlee'],
  ['https://twitter.com/#!/annlee', 'x:annlee'],
  ['https://twitter.com/@annlee', 'x:annlee'],
  ['https://x.com/intent/user?screen_name=AnnLee', 'x:annlee'],
  ['https://twitter.com/intent/follow?ref=a&screen_name=AnnLee&tw_p=b', 'x:annlee'],
  ['twitter.com/annlee', 'x:annlee'],
  ['x.com/annlee', 'x:annlee'],
])('as typed: %s', (raw, key) => expect(typedXKey(raw)).toBe(key));

test.each([
  ['https://dropbox.com/annlee'],
  ['dropbox.com/annlee'],
  ['https://x.com.evil.example/annlee'],
  ['https://evil.example/x.com/annlee'],
  ['https://x.com/annlee/status/1'],
  ['https://x.com/home'],
  ['https://x.com/i/flow/login'],
  ['https://twitter.com/intent/tweet?text=@annlee'],
  ['https://x.com/search?q=annlee'],
  ['https://x.com/a_name_of_more_than_15'],
  ['https://x.com/fifteen_letterslikes'],
  ['annlee'],
  ['@'],
])('no profile: %s', (raw) => {
  expect(xKey(raw)).toBeUndefined();
  expect(typedXKey(raw)).toBeUndefined();
});

test('never throw, and read their own form the same way', () => {
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
      for (const each of [linkedinKey(raw), linkedinKey(`in/${raw}`), typedLinkedinKey(`in/${raw}`)]) {
        if (each === undefined) continue;
        const stored = each.slice('linkedin:'.length);
        expect([linkedinKey(stored), typedLinkedinKey(stored)]).toEqual([each, each]);
      }
      for (const each of [xKey(raw), typedXKey(raw)])
        if (each !== undefined) expect(xKey(each.replace('x:', '@'))).toBe(each);
    }),
    { numRuns: 1000 },
  );
});

test('whatever is typed comes to an end, and is bounded where it is kept', () => {
  for (const piece of ['in/', '/', 'a', 'a.', '%25', 'www.', '#!/', '&screen_name=', 'pub/a/1/2/3']) {
    const long = piece.repeat(200_000);
    const urls = [long, `https://x.com/intent/user?${long}`, `https://www.linkedin.com/in/${long}`];
    for (const raw of urls) {
      for (const each of [linkedinKey(raw), typedLinkedinKey(raw)])
        expect(each?.length ?? 0).toBeLessThan(2000);
      expect([xKey(raw), typedXKey(raw)]).toEqual([undefined, undefined]);
    }
  }
});
