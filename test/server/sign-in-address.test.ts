import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { CompanySettings } from '../../server/sign-in/company-settings.ts';
import type { Running } from '../../server/start.ts';
import { inWorkspace } from '../../server/store/database.ts';
import { createMember, createWorkspace } from '../../server/store/workspace.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { createBrowser, createExtension, hiddenFields, type Page } from './provider-client.ts';
import { connect, listen, makeInvite, readClaims } from './sign-in-rig.ts';

let database: TestDatabase;
let server: Running;
let issuer: Issuer;
let acme: string;
let other: string;

const company = (): CompanySettings => ({
  issuer: issuer.url,
  clientId: 'truce',
  clientSecret: 'hush',
  domains: ['acme.example'],
  trustEmail: false,
});

beforeAll(async () => {
  database = await createTestDatabase();
  issuer = await startIssuer(() => `${server.url}/sign-in/callback`);
  server = await listen(database.url, { company: company() });
  acme = await createWorkspace(database.db, 'Acme');
  other = await createWorkspace(database.db, 'Other');
  await database.asOwner(`update workspace set join_domains = '{acme.example}' where workspace_id = $1`, [
    acme,
  ]);
});
beforeEach(() => {
  issuer.who = undefined;
});
afterAll(async () => {
  await server?.stop();
  await issuer?.close();
  await database?.drop();
});

const addMember = (workspaceId: string, name: string, email: string) =>
  inWorkspace(database.db, workspaceId, async (trx) => {
    const id = crypto.randomUUID();
    await createMember(trx, workspaceId, { id, name, team: 'sales', role: 'lead', email });
    return id;
  });

async function begin() {
  const browser = createBrowser();
  const extension = await createExtension(server.url);
  const page = await browser.open(await extension.authorizeUrl());
  return { browser, extension, page, company: () => browser.open(`${page.url}/company`) };
}

/** Presses the one button, with what the person chooses. */
const press = (browser: ReturnType<typeof createBrowser>, page: Page, form: Record<string, string> = {}) =>
  browser.open(page.url, { form: { ...hiddenFields(page), ...form } });

const audit = (workspaceId: string) =>
  database.asOwner<{ action: string; detail: Record<string, unknown> }>(
    'select action, detail from audit where workspace_id = $1 order by at, id',
    [workspaceId],
  );

const open = (workspaceId: string) => makeInvite(server, workspaceId);
const rowsOf = (workspaceId: string, where: string) =>
  database.asOwner<{ id: string; name: string; email: string | null; email_confirmed: boolean }>(
    `select id, name, email, email_confirmed from member where workspace_id = $1 and ${where} order by name`,
    [workspaceId],
  );

test('an address that somebody just wrote is taken from them when its owner comes', async () => {
  const told = { name: 'Mal', email: 'ceo@acme.example' };
  const mal = await connect(server, (await open(acme)).token, told);
  const malId = readClaims(mal.tokens.access_token).sub;
  issuer.who = { sub: 'ceo', email: 'ceo@acme.example', email_verified: true, name: 'Cleo' };
  const { browser, extension, company } = await begin();
  const shown = await company();
  expect(shown.text).toContain('you join it');
  const back = await press(browser, shown, { work: 'both' });
  const { sub } = readClaims((await extension.exchange(back.url)).access_token);
  expect(sub).not.toBe(malId);
  expect(await rowsOf(acme, `name in ('Mal', 'Cleo')`)).toMatchObject([
    { id: sub, name: 'Cleo', email: 'ceo@acme.example', email_confirmed: true },
    { id: malId, name: 'Mal', email: null },
  ]);
  const changed = (await audit(acme)).filter(({ action }) => action === 'member.changed');
  expect(changed).toMatchObject([{ detail: { addressGivenUp: true } }]);

  // Mal cannot write it again into another browser's link.
  const again = await makeInvite(server, acme, { memberId: String(malId) });
  await expect(connect(server, again.token, told)).rejects.toThrow('had this address');
});

test('an address that somebody just wrote opens no team, and does not keep its owner from an invitation', async () => {
  const told = { name: 'Mal', email: 'vic@acme.example' };
  await connect(server, (await open(other)).token, told);
  issuer.who = { sub: 'vic', email: 'vic@acme.example', email_verified: true, name: 'Vic' };
  const shown = await (await begin()).company();
  expect(shown.text).not.toContain('Other');
  const invited = await makeInvite(server, other, { email: 'vic@acme.example', name: 'Vic' });
  const vic = await connect(server, invited.token, { name: 'Vic' });
  expect(await rowsOf(other, `email = 'vic@acme.example'`)).toMatchObject([
    { id: readClaims(vic.tokens.access_token).sub, email_confirmed: true },
  ]);
});

test('an invitation to an address confirms it: the company leads to the same member', async () => {
  const invited = await makeInvite(server, other, { email: 'ina@acme.example', name: 'Ina' });
  const ina = await connect(server, invited.token, { name: 'Ina' });
  issuer.who = { sub: 'ina', email: 'ina@acme.example', email_verified: true, name: 'Ina' };
  const { browser, extension, company } = await begin();
  const back = await press(browser, await company(), { workspace: other });
  const { sub } = readClaims((await extension.exchange(back.url)).access_token);
  expect(sub).toBe(readClaims(ina.tokens.access_token).sub);
});

test('whoever wrote an address and was removed does not join again by it', async () => {
  const told = { name: 'Rem', email: 'rem@acme.example' };
  const rem = await connect(server, (await open(acme)).token, told);
  await database.asOwner('update member set left_at = now() where id = $1', [
    readClaims(rem.tokens.access_token).sub,
  ]);
  issuer.who = { sub: 'rem', email: 'rem@acme.example', email_verified: true };
  const refused = await (await begin()).company();
  expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('You are in no team')]);
});

test('a member is found by their account when the company changes their address', async () => {
  const id = await addMember(other, 'Mae Old', 'mae.old@acme.example');
  await database.asOwner('update member set subject = $2 where id = $1', [id, `${issuer.url} mae`]);
  issuer.who = { sub: 'mae', email: 'mae.new@acme.example', email_verified: true, name: 'Mae New' };
  const { browser, extension, company } = await begin();
  const shown = await company();
  expect(shown.text).toContain('Other');
  const back = await press(browser, shown, { workspace: other });
  expect(readClaims((await extension.exchange(back.url)).access_token).sub).toBe(id);
});

test('whoever comes back by an invitation may have another account at the company', async () => {
  const id = await addMember(other, 'Ben Back', 'ben@acme.example');
  await database.asOwner('update member set subject = $2, left_at = now() where id = $1', [
    id,
    `${issuer.url} ben-before`,
  ]);
  const invited = await makeInvite(server, other, { email: 'ben@acme.example', name: 'Ben Back' });
  await connect(server, invited.token, { name: 'Ben Back' });
  issuer.who = { sub: 'ben-now', email: 'ben@acme.example', email_verified: true };
  const { browser, extension, company } = await begin();
  const back = await press(browser, await company(), { workspace: other });
  expect(readClaims((await extension.exchange(back.url)).access_token).sub).toBe(id);
});
