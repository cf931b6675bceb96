import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { normalAddress } from '../../../utils/contract/match-key.ts';
import { findAddresses } from '../../../utils/detect/address.ts';

const found = (text: string) => findAddresses(text).map(({ address }) => address);

describe('our own vectors: what is an address, and what of it is found in a text', () => {
  test.each([
    ['ann@acme.example', ['ann@acme.example']],
    ['ann.lee+x@mail.acme.example', ['ann.lee+x@mail.acme.example']],
    ['x@1and1.example', ['x@1and1.example']],
    ['ann@163.com', ['ann@163.com']],
    ['ann@acme-gmbh.example', ['ann@acme-gmbh.example']],
    ['R&D@acme.example', ['r&d@acme.example']],
    ['संपर्क@डाटामेल.भारत', ['संपर्क@xn--c2bd4bq1db8d.xn--h2brj9c']],
    ['ann@acme.example.Then', ['ann@acme.example']],
    ['Ann@Acme.Example', ['ann@acme.example']],
    [`${'a'.repeat(64)}@acme.example`, [`${'a'.repeat(64)}@acme.example`]],
  ])('%s', (text, addresses) => expect(found(text)).toEqual(addresses));

  test.each([
    'ann@acme',
    'ann@-acme.example',
    'ann@acme..example',
    'ann.@acme.example',
    'ann@acme.123',
    'ann@[127.0.0.1]',
    '"ann lee"@acme.example',
    'ann@acme.exam…',
    'a…n@acme.example',
    'ann...@acme.example',
    '%20ann@acme.example',
    'bounces+ann=acme.example@lists.example',
    'ann@acme.example@lists.example',
    `${'a'.repeat(65)}@acme.example`,
    `ann@${'a'.repeat(64)}.example`,
    `ann@${'a.'.repeat(130)}example`,
    '\ud83dann@acme\u0000.example',
  ])('none in %s', (text) => expect(found(text)).toEqual([]));
});

const file = join(
  process.env.TRUCE_SHARED || join(import.meta.dirname, '../../../../shared'),
  'vectors/isemail/tests.json',
);
const vectors: [string, string][] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];

/** Valid, and still none to us: without a dot nobody on the web can be written to, and no name is so long. */
const isNotOurs = (address: string) => !address.includes('.') || address.length > 200;
/** Latin and Han in one label: in a text, the Han are the next word. */
const MIXED = /[a-zñó][郵세]/;
/** What no person has, in running text. */
const NOT_IN_TEXT = new Set(['!#$%&`*+/=?^`{|}~@iana.org']);
/**
 * What is around it in these is not part of an address in a text: blanks, brackets, quotes, a dot, a hyphen. So the
 * address next to it is found, and nothing else.
 */
const WITHIN = /(?<![\p{L}\p{N}@])(test|thing)@iana\.org(?![\p{L}\p{N}@])/u;

describe.runIf(vectors.length > 0)('isemail’s vectors', () => {
  const ours = vectors.filter(([text]) => !MIXED.test(text));
  const valid = ours.filter(([, kind]) => kind === 'valid').map(([address]) => address);
  const other = ours.filter(([, kind]) => kind !== 'valid').map(([address]) => address);

  test.each(valid.map((one) => [one]))('valid: %j', (address) => {
    const normal = normalAddress(address);
    if (isNotOurs(address)) return expect(normal).toBeUndefined();
    expect(normal).toBeDefined();
    expect(found(address)).toEqual(NOT_IN_TEXT.has(address) ? [] : [normal]);
    expect(found(`To: <${address}>, now`)).toEqual(NOT_IN_TEXT.has(address) ? [] : [normal]);
  });

  test.each(other.map((one) => [one]))('not valid, or in no use: %j', (text) => {
    const within = WITHIN.exec(text)?.[0] ?? text.replace('(comment)', '');
    for (const one of found(text)) {
      expect(normalAddress(one)).toBe(one);
      expect(one).toBe(within === text ? 'nothing' : within);
    }
  });
});
