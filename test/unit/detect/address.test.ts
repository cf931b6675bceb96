import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findAddresses } from '../../../utils/detect/address.ts';

const found = (text: string) => findAddresses(text).map(({ address }) => address);

describe('addresses in text', () => {
  test.each([
    ['Write to ann@acme.example.', 'ann@acme.example'],
    ['<ann@acme.example>', 'ann@acme.example'],
    ['mailto:Ann.Lee@ACME.example,', 'ann.lee@acme.example'],
    ['(ann+list@mail.acme.example)', 'ann+list@mail.acme.example'],
    ["o'neil@acme.example", "o'neil@acme.example"],
    ["'ann@acme.example'", 'ann@acme.example'],
    ['Kontakt...ann@acme.example', 'ann@acme.example'],
    ['_ann_@acme.example', '_ann_@acme.example'],
    ['müller@müller.example', 'müller@xn--mller-kva.example'],
    ['почта@пример.рф', 'почта@xn--e1afmkfd.xn--p1ai'],
    ['伊昭傑@郵件.商務', '伊昭傑@xn--5nqv22n.xn--lhr59c'],
    ['请联系wang@acme.example谢谢', 'wang@acme.example'],
    ['ann@xn--mller-kva.example', 'ann@xn--mller-kva.example'],
    ['5551234@sms.example', '5551234@sms.example'],
    ['ann@163.example', 'ann@163.example'],
    ['ann@2x.example', 'ann@2x.example'],
    ['Message-ID: <20240101.2@acme.example>\nSincerely, ann5@acme.example', 'ann5@acme.example'],
    ['References: see ann5@acme.example', 'ann5@acme.example'],
  ])('%s', (text, address) => expect(found(text)).toEqual([address]));

  test.each([
    'git@github.com:org/repo.git',
    'ssh://deploy@host.example/x',
    'https://a.example/?q=user@host.example',
    'https://user:word@host.example/',
    'logo@2x.png',
    'react@18.2.0',
    'pkg@1.0.0-beta',
    'next@15.0.0-rc.beta',
    'spring@5.3.1.RELEASE',
    'spring@v2.RELEASE',
    'img@2x.heic',
    'a@2x.bmp',
    'admin@cluster.local',
    'c_1889abc@resource.calendar.google.com',
    'en.usa#holiday@group.v.calendar.google.com',
    'CAF+abc123@mail.gmail.com',
    'Message-ID: <CAF+abc123@acme.example>',
    'In-Reply-To: 20240101.GA123@acme.example',
    'References: <20240101.2@acme.example>\n\t<20240102.34@acme.example>, <000001da$c0ffee6@acme.example>',
    '@ann@social.example',
    'a***b@mask.example',
    'user@localhost',
    'user@@host.example',
    'foo@bar..example',
    'foo@.example',
    '5@10.00',
    'a@b',
    '@',
  ])('no address: %s', (text) => expect(found(text)).toEqual([]));

  test('several in one text, with their places', () => {
    const text = 'ann@acme.example; bob@acme.example';
    expect(findAddresses(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      'ann@acme.example',
      'bob@acme.example',
    ]);
  });

  test('any address survives any surroundings', () => {
    const word = fc.stringMatching(/^[a-z0-9]{1,12}$/);
    const address = fc
      .tuple(word, word, fc.constantFrom('example', 'com', 'co.uk'))
      .map(([local, host, tld]) => `${local}@${host}.${tld}`);
    const around = fc.constantFrom(' ', '\n', '(', ')', '<', '>', '"', ', ', '; ', '\u00a0');
    fc.assert(
      fc.property(around, address, around, (before, one, after) => {
        expect(found(`x${before === ' ' ? ' ' : ` ${before}`}${one}${after}`)).toEqual([one]);
      }),
    );
  });

  test('never throws, and finds only what is in its text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        for (const { start, end } of findAddresses(text)) expect(text.slice(start, end)).toContain('@');
      }),
    );
  });

  test.each([
    ['one word', 'a'.repeat(1_000_000)],
    ['many at-signs', '@'.repeat(1_000_000)],
    ['dots', `${'a.'.repeat(500_000)}@`],
    ['pairs', 'a@a.'.repeat(250_000)],
    ['near addresses', 'a@a'.repeat(300_000)],
    ['ids', 'message-id: <1@a.example> '.repeat(40_000)],
    ['CJK', `${'漢'.repeat(500_000)}@`],
  ])('takes linear time on hostile input: %s', (_, text) => {
    const start = performance.now();
    findAddresses(text);
    expect(performance.now() - start).toBeLessThan(2500);
  });
});
