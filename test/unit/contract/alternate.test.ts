import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alternateOf, emailKeys } from '../../../utils/contract/alternate.ts';

test.each([
  ['ann+news@acme.example', 'ann@acme.example'],
  ['Ann+News+More@ACME.example', 'ann@acme.example'],
  ['ann.lee+x@acme.example', 'ann.lee@acme.example'],
  ['ann+@acme.example', 'ann@acme.example'],
  ['ann+x@müller.example', 'ann@xn--mller-kva.example'],
  ['Ann.Lee@gmail.com', 'annlee@gmail.com'],
  ['a.n.n.lee+x@googlemail.com', 'annlee@gmail.com'],
  ['annlee@googlemail.com', 'annlee@gmail.com'],
])('%s is also %s', (written, plain) => {
  expect(alternateOf(written)).toBe(plain);
  expect(alternateOf(plain)).toBeUndefined();
  expect(emailKeys(written)).toHaveLength(2);
  expect(emailKeys(written).at(-1)).toBe(`email:${plain}`);
});

test.each([
  ['plain', 'ann@acme.example'],
  ['plain at Google', 'annlee@gmail.com'],
  ['dots count at a company', 'ann.lee@acme.example'],
  ['Google is no mailbox of everybody', 'ann.lee@google.com'],
  ['a host called so', 'ann.lee@gmail.com.acme.example'],
  ['another with it in its name', 'ann.lee@notgmail.com'],
  ['nothing before the plus', '+ann@acme.example'],
  ['a phone number', '+4790000000@sms.example'],
  ['a dot would be left at the end', 'ann.+x@acme.example'],
  ['another address in an envelope’s', 'list+ann=acme.example@lists.example'],
  ['many people’s: answers to a discussion', 'reply+AB12CD@reply.forge.example'],
  ['many people’s: bounces', 'bounces+77@mail.example'],
  ['many people’s: nobody reads it', 'no-reply+77@mail.example'],
  ['a minus is part of a name', 'ann-marie@acme.example'],
  ['no address', 'ann+x'],
])('none for %s: %s', (_, written) => {
  expect(alternateOf(written)).toBeUndefined();
  expect(emailKeys(written).length).toBeLessThan(2);
});

test('two people never get one alternate, whatever they are called', () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/);
  const host = fc.constantFrom('acme.example', 'bolt.example', 'gmail.com', 'mail.acme.example');
  const person = fc.record({ first: word, last: word, host });
  fc.assert(
    fc.property(person, person, word, word, (one, other, tag, again) => {
      const google = one.host === 'gmail.com';
      const local = ({ first, last }: typeof one) => (google ? first + last : `${first}.${last}`);
      const same = local(one) === local(other) && one.host === other.host;
      const plain = (each: typeof one, plus: string) => {
        const written = `${each.first}.${each.last}+${plus}@${each.host}`;
        return alternateOf(written) ?? written;
      };
      if (!same) expect(plain(one, tag)).not.toBe(plain(other, again));
      else expect(plain(one, tag)).toBe(plain(other, again));
    }),
  );
});

test('never throws, is its own end, and is no longer than what was given', () => {
  const part = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.constantFrom('+', '.', '@', '=', 'gmail.com', '%', '\u0000', '\ud800'),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const plain = alternateOf(parts.join(''));
      if (plain !== undefined) expect(alternateOf(plain)).toBeUndefined();
      expect(plain?.length ?? 0).toBeLessThan(400);
    }),
  );
  for (const hostile of ['+', '.', '@', 'a+', '+@', 'a.', 'ü', '\u0301']) {
    const long = hostile.repeat(300_000);
    for (const each of [long, `${long}@gmail.com`, `ann@${long}`, `${long}@${long}.example`])
      expect(alternateOf(each)).toBeUndefined();
  }
});
