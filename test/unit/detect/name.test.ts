import { describe, expect, test } from 'vitest';
import { readLabel } from '../../../utils/detect/labels.ts';
import { readMailto } from '../../../utils/detect/mailto.ts';
import { cleanName, isPersonName, nameBefore } from '../../../utils/detect/name.ts';

describe('names', () => {
  test.each([
    ['  Ann   Lee ', 'Ann Lee'],
    ['"Doe, John"', 'Doe, John'],
    ['Ann Lee (she/her)', 'Ann Lee'],
    ["O'Brien, Siobhan (HR)", "O'Brien, Siobhan (HR)"],
    ['Ann Lee <ann@acme.example>', 'Ann Lee'],
    ['山田\u200b 太郎', '山田 太郎'],
    ['ann@acme.example', undefined],
    ['ANN@acme.example', undefined],
    ['12 34', undefined],
    ['', undefined],
  ])('%s → %s', (raw, name) => expect(cleanName(raw, 'ann@acme.example')).toBe(name));

  test.each([
    ['Please ask Carol (', 'Carol'],
    ['at 3:00 PM Frank Ocean <', 'Frank Ocean'],
    ['"Doe, John" <', 'Doe, John'],
    ['Anna van der Berg <', 'Anna van der Berg'],
    ['Bob Marley-Smith<', 'Bob Marley-Smith'],
    ['x@y.example, Николай Белов <', 'Николай Белов'],
    ['write to Support (', undefined],
    ['Carol: ', undefined],
    ['<', undefined],
  ])('before a bracket: %s', (before, name) => expect(nameBefore(before, 'carol@acme.example')).toBe(name));

  test.each(['Contact Us', 'Email me', 'Send Message', 'click here', 'John Doe at Madgex', 'Our Team'])(
    'no person: %s',
    (text) => expect(isPersonName(text, 'a@b.example')).toBe(false),
  );
});

describe('mailto', () => {
  test.each<[string, string[]]>([
    ['mailto:ann@acme.example', ['ann@acme.example']],
    ['MAILTO:ann%40acme.example?subject=x', ['ann@acme.example']],
    ['mailto:?to=ann@acme.example', ['ann@acme.example']],
    [
      'mailto:ann@acme.example?to=bob%40acme.example&cc=carol@acme.example',
      ['ann@acme.example', 'bob@acme.example', 'carol@acme.example'],
    ],
    ['mailto:a@x.example,b@x.example;c@x.example', ['a@x.example', 'b@x.example', 'c@x.example']],
    ['mailto:http://ann@acme.example', ['ann@acme.example']],
    ['mailto:ann@', []],
    ['mailto:', []],
    ['mailto:%E0%A4%A', []],
  ])('%s', (href, addresses) => expect(readMailto(href).map(({ address }) => address)).toEqual(addresses));

  test('a name in the link', () => {
    expect(readMailto('mailto:%22Lee%2C%20Ann%22%20%3Cann@acme.example%3E')).toEqual([
      { address: 'ann@acme.example', name: 'Lee, Ann' },
    ]);
  });
});

test.each([
  ['From:', 'sender'],
  ['Von', 'sender'],
  ['De :', 'sender'],
  ['差出人：', 'sender'],
  ['От:', 'sender'],
  ['To', 'recipient'],
  ['Cc:', 'recipient'],
  ['Reply-To:', 'reply'],
  ['From our blog', undefined],
  ['Date', undefined],
])('label %s: %s', (text, label) => expect(readLabel(text)).toBe(label));
