import { describe, expect, test } from 'vitest';
import { decodeCloudflare, findObfuscated, spells } from '../../../utils/detect/obfuscated.ts';

const found = (text: string) => (spells(text) ? findObfuscated(text).map(({ address }) => address) : []);

describe('addresses spelled out', () => {
  test.each([
    'user at host dot example',
    'user AT host DOT example',
    'user[at]host[dot]example',
    'user{AT}host{DOT}example',
    'user<aT>host<dOt>example',
    'user_at_host_D0t_example',
    'user(at)host(dot)example',
    'user [at] host [dot] example',
    'Write: user (at) host.example',
    'user(собака)host(точка)example',
  ])('%s', (text) => expect(found(text)).toEqual(['user@host.example']));

  test('dots in the local part', () => {
    expect(found('john (dot) doe [DOT] junior {at} my <dot> site _D0T_ example')).toEqual([
      'john.doe.junior@my.site.example',
    ]);
  });

  test.each([
    'meet me at the shop, dot com boom',
    'look_at_this.now',
    'sold at 5 [at] most',
    'we look at dot matrix printers',
    'ann@acme.example',
  ])('silent: %s', (text) => expect(found(text)).toEqual([]));

  test('linear on hostile input', () => {
    const start = performance.now();
    for (const text of [
      ' at '.repeat(50_000),
      '[at]'.repeat(50_000),
      `${'a'.repeat(90_000)} at b dot c`,
      'a dot '.repeat(20_000),
    ]) {
      found(text);
    }
    expect(performance.now() - start).toBeLessThan(1500);
  });
});

test('Cloudflare: decoded, or nothing', () => {
  const hide = (address: string, key: number) =>
    [key, ...new TextEncoder().encode(address).map((byte) => byte ^ key)]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('');
  expect(decodeCloudflare(hide('ann@acme.example', 0x5a))).toBe('ann@acme.example');
  expect(decodeCloudflare(hide('not an address', 0x5a))).toBeUndefined();
  for (const broken of ['', 'zz', '5', '5a', 'ff'.repeat(1000)])
    expect(decodeCloudflare(broken)).toBeUndefined();
});
