import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSettings } from '../../server/settings.ts';
import { browserNameOf } from '../../server/sign-in/browser-name.ts';
import { personOf } from '../../server/sign-in/company.ts';
import { redirectUris } from '../../server/sign-in/extensions.ts';
import { wordsFor } from '../../server/sign-in/texts.ts';
import type { Running } from '../../server/start.ts';
import { createWorkspace } from '../../server/store/workspace.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createBrowser, createExtension, hiddenFields, REDIRECT } from './provider-client.ts';
import { freePort, listen, makeInvite, readClaims } from './sign-in-rig.ts';

let database: TestDatabase;
let server: Running;
let workspaceId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await listen(database.url);
  workspaceId = await createWorkspace(database.db, 'Acme');
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

async function open(more: Record<string, string> = {}) {
  const browser = createBrowser();
  const extension = await createExtension(server.url);
  return { browser, extension, page: await browser.open(await extension.authorizeUrl(more)) };
}

test('a device code is confirmed on a page and brings tokens', async () => {
  const { token } = await makeInvite(server, workspaceId, { name: 'Dev Ice', email: 'dev@acme.example' });
  const extension = await createExtension(server.url);
  const asked = await extension.deviceCode({ invitation: token, browser_name: 'A browser far away' });
  const pending = { error: 'authorization_pending' };
  await expect(extension.byDeviceCode(asked.device_code)).rejects.toMatchObject(pending);

  const browser = createBrowser();
  const shown = await browser.open(asked.verification_uri_complete ?? '');
  expect(shown.text).toContain(`value="${asked.user_code}"`);
  expect(shown.text).not.toContain('<script');
  const page = await browser.open(asked.verification_uri, {
    form: { ...hiddenFields(shown), user_code: asked.user_code },
  });
  // Whoever is sent here by somebody else is told whose browser it is, and what they know of it.
  expect(page.text).toContain('<h1>Connect ANOTHER browser</h1>');
  expect(page.text).toContain(`<dd>${asked.user_code}</dd>`);
  expect(page.text).toContain('It calls itself “A browser far away”.');
  expect(page.text).not.toContain('Connect this browser');
  const done = await browser.open(page.url, { form: { name: 'Dev Ice' } });
  expect([done.status, done.text]).toEqual([200, expect.stringContaining('Connected')]);
  const tokens = await extension.byDeviceCode(asked.device_code);
  expect(readClaims(tokens.access_token)).toMatchObject({ wid: workspaceId });
  expect((await extension.refresh(tokens.refresh_token)).refresh_token).toBeTruthy();
});

test('a code that is wrong or used is said', async () => {
  const extension = await createExtension(server.url);
  const browser = createBrowser();
  const { verification_uri: uri, user_code: code } = await extension.deviceCode();
  const enter = async (user_code: string) =>
    browser.open(uri, { form: { ...hiddenFields(await browser.open(uri)), user_code } });
  expect((await enter('WRNG-CODE')).text).toContain('There is no such code');
  expect((await enter(code.toLowerCase())).text).toContain('Sign in to Truce');
  expect((await enter(code)).text).toContain('was used before');
});

test('a page belongs to the browser that began, and a form to our own page', async () => {
  const { token } = await makeInvite(server, workspaceId, { name: 'Own', email: 'own@acme.example' });
  const { browser, page } = await open({ invitation: token });
  const other = await createBrowser().open(page.url);
  expect([other.status, other.text]).toEqual([410, expect.stringContaining('This page has expired')]);
  const forged = await browser.fetch(page.url, { form: { name: 'Own' }, origin: 'https://evil.example' });
  expect([forged.status, await forged.text()]).toEqual([403, expect.stringContaining('another page')]);
  expect((await browser.open(`${server.url}/sign-in/callback?state=nothing`)).status).toBe(410);
});

test('an address that is not the extension’s, or a request without PKCE, is shown as an error here', async () => {
  const evil = await open({ redirect_uri: 'https://evil.example/' });
  expect([evil.page.status, evil.page.text]).toEqual([400, expect.stringContaining('Start again in Truce')]);
  const { page } = await open({ code_challenge: '' });
  expect(page.url.startsWith(REDIRECT)).toBe(true);
  expect(page.url).toContain('error=invalid_request');
});

test('pages speak the language that the browser asks for, and have no script', async () => {
  const german = await createBrowser({ 'accept-language': 'pt-BR, de-AT;q=0.8, en;q=0.5' }).open(
    `${server.url}/join`,
  );
  expect(german.text).toContain('<html lang="de" dir="ltr">');
  expect(german.text).toContain('eingeladen');
  const english = await createBrowser({ 'accept-language': 'pt' }).open(`${server.url}/join`);
  expect(english.text).toContain('<html lang="en" dir="ltr">');
  expect(english.text).not.toContain('<script');
  const [en, de] = ['en', 'de'].map(
    (lang): Record<string, string> => JSON.parse(readFileSync(`server/sign-in/texts/${lang}.json`, 'utf8')),
  );
  expect(Object.keys(de ?? {})).toEqual(Object.keys(en ?? {}));
  expect(wordsFor('').t('noTeam', { email: 'a@b.example' })).toContain('a@b.example');
});

test('addresses are those of the public URL, also below a path, whatever a request says', async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/truce`;
  const below = await listen(database.url, { port, url });
  // What a proxy passes on that takes the path away.
  const answer = await fetch(`http://127.0.0.1:${port}/oidc/.well-known/openid-configuration`, {
    headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
  });
  const { issuer, token_endpoint, authorization_endpoint } = await answer.json();
  expect([issuer, token_endpoint, authorization_endpoint]).toEqual([
    `${url}/oidc`,
    `${url}/oidc/token`,
    `${url}/oidc/auth`,
  ]);
  await below.stop();
});

test("redirects are those of the manifest's ids", () => {
  const manifest = readFileSync('wxt.config.ts', 'utf8');
  const addOn = /gecko: \{\s*id: '([^']+)'/.exec(manifest)?.[1] ?? '';
  expect(addOn).toBe('truce@truce.example');
  expect(redirectUris({ extensionIds: ['a'.repeat(32)] })).toEqual([
    `https://${'a'.repeat(32)}.chromiumapp.org/`,
    'https://631d528feb8b38f79dbaddf1da0a225e6448196c.extensions.allizom.org/',
  ]);
});

test('a browser is named by what the extension says, else by what it is', () => {
  const edge = 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/130.0 Safari/537 Edg/130.0';
  expect(browserNameOf(undefined, edge)).toBe('Edge on Windows');
  expect(browserNameOf(' My\u0000 laptop\n', edge)).toBe('My laptop');
  expect(browserNameOf(undefined, 'curl')).toBe('Browser');
});

test('an address counts when the company says that it is confirmed, or owns all addresses', () => {
  const google = {
    issuer: 'https://accounts.google.com',
    clientId: 'x',
    clientSecret: 'y',
    domains: [],
    trustEmail: false,
  };
  const claims = { iss: google.issuer, sub: '1', email: 'ann@acme.example', email_verified: true };
  expect(personOf({ ...claims, hd: 'acme.example' }, google)).toMatchObject({ email: 'ann@acme.example' });
  expect(personOf(claims, google)).toMatchObject({ problem: 'domain' });
  const tenant = 'https://login.microsoftonline.com/9d2f6f0b-4c76-4f5c-8a70-0f6d3f0a8a11/v2.0';
  const entra = { ...google, issuer: tenant };
  const upn = { iss: tenant, sub: '1', preferred_username: 'Ann@acme.example' };
  expect(personOf(upn, entra)).toMatchObject({ email: 'ann@acme.example' });
  const okta = { ...google, issuer: 'https://acme.okta.com' };
  expect(personOf({ sub: '1', email: 'ann@acme.example' }, okta)).toMatchObject({ problem: 'unverified' });
  expect(personOf({ sub: '1', email: 'ann@acme.example' }, { ...okta, trustEmail: true })).toHaveProperty(
    'subject',
  );
  expect(personOf({ ...claims, email_verified: false }, okta)).toMatchObject({ problem: 'unverified' });
});

test("settings of the company's sign-in are checked", () => {
  const good = { TRUCE_OIDC_ISSUER: 'https://acme.okta.com', TRUCE_OIDC_CLIENT_ID: 'x' };
  expect(readSettings({ ...good, TRUCE_OIDC_DOMAINS: 'Acme.com, acme.de' }).company).toMatchObject({
    domains: ['acme.com', 'acme.de'],
  });
  expect(readSettings({}).company).toBeUndefined();
  expect(() => readSettings({ TRUCE_OIDC_ISSUER: good.TRUCE_OIDC_ISSUER })).toThrow('set together');
  for (const issuer of ['http://acme.okta.com', 'https://login.microsoftonline.com/common/v2.0']) {
    expect(() => readSettings({ ...good, TRUCE_OIDC_ISSUER: issuer })).toThrow('TRUCE_OIDC_ISSUER must');
  }
});
