import { expect, test } from 'vitest';
import { fits } from '../../../utils/detect/expects.ts';

test.each([
  ['https://mail.example.org/#inbox/*', 'https://mail.example.org/#inbox/FMfcgz', true],
  ['https://mail.example.org/#inbox/*', 'https://mail.example.org/#inbox', false],
  ['*://*/?*_action=show*', 'http://localhost:8000/?_task=mail&_action=show&_uid=3', true],
  ['*://*/?*_action=show*', 'http://localhost:8000/?_task=mail', false],
  ['https://a.example/in/*/', 'https://a.example/in/ann/', true],
  ['https://a.example/in/*/', 'https://a.example/in/', false],
  ['https://a.example/', 'https://a.example/', true],
  ['https://a.example/', 'https://a.example/x', false],
])('%s on %s: %s', (pattern, url, is) => {
  expect(fits(pattern, url)).toBe(is);
});

test('a pattern of stars is no trap', () => {
  expect(fits(`https://${'*a'.repeat(100)}b`, `https://${'a'.repeat(100_000)}`)).toBe(false);
});
