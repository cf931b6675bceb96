import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings } from '../../server/settings.ts';

test('the public address is https, or this computer, and holds no password', () => {
  for (const url of [
    'http://truce.acme.com',
    'http://127.0.0.1.acme.com',
    'https://u:p@truce.acme.com',
    'ftp://x',
  ])
    expect(() => readSettings({ TRUCE_URL: url }), url).toThrow('TRUCE_URL must');
  for (const url of [
    'https://truce.acme.com',
    'http://localhost:8787',
    'http://127.0.0.1:8787',
    'http://[::1]:1',
  ])
    expect(readSettings({ TRUCE_URL: url }).url).toBe(url);
});

test('who listens to others says at which address', () => {
  for (const host of ['0.0.0.0', '::', '10.0.0.5', 'truce.acme.com'])
    expect(() => readSettings({ TRUCE_HOST: host }), host).toThrow('must be set where TRUCE_HOST');
  for (const host of ['127.0.0.1', 'localhost', '::1'])
    expect(readSettings({ TRUCE_HOST: host }).host).toBe(host);
  expect(readSettings({ TRUCE_HOST: '0.0.0.0', TRUCE_URL: 'https://truce.acme.com' }).host).toBe('0.0.0.0');
});

test("parts of a company's sign-in without the rest are not passed over", () => {
  for (const [name, value] of [
    ['TRUCE_OIDC_CLIENT_SECRET', 'x'],
    ['TRUCE_OIDC_DOMAINS', 'acme.com'],
    ['TRUCE_OIDC_TRUST_EMAIL', '1'],
    ['TRUCE_OIDC_CLIENT_ID', 'x'],
  ] as const) {
    expect(() => readSettings({ [name]: value }), name).toThrow('set together');
  }
  expect(readSettings({ TRUCE_OIDC_ISSUER: '', TRUCE_OIDC_TRUST_EMAIL: '0' }).company).toBeUndefined();
});

test('a setting that there is not is named, and what is not ours is left alone', () => {
  expect(() => readSettings({ TRUCE_TRUSTED_PROXY: '1', TRUCE_URI: 'x' })).toThrow(
    'There is no setting TRUCE_TRUSTED_PROXY, TRUCE_URI.',
  );
  expect(
    readSettings({ TRUCE_BUILT: '1', TRUCE_TEST_HOSTS: 'x', TRUCE_NOT_SET: '', PATH: '/bin' }).port,
  ).toBe(8787);
});

test('recipes lie where they are said to, else in the data folder', () => {
  expect(readSettings({ TRUCE_RECIPES: 'our/recipes' }).recipes).toBe(resolve('our/recipes'));
  expect(readSettings({ TRUCE_RECIPES: '' }).recipes).toBeUndefined();
});
