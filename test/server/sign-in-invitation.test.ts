import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFirstTeam } from '../../server/first-team.ts';
import type { Running } from '../../server/start.ts';
import { inWorkspace } from '../../server/store/database.ts';
import { createMember, createWorkspace } from '../../server/store/workspace.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createBrowser, createExtension, type Page } from './provider-client.ts';
import { connect, listen, makeInvite, readClaims } from './sign-in-rig.ts';

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

async function open(invitation: string | undefined, headers: Record<string, string> = {}) {
  const browser = createBrowser(headers);
  const extension = await createExtension(server.url);
  const page = await browser.open(
    await extension.authorizeUrl(invitation === undefined ? {} : { invitation }),
  );
  return { browser, extension, page };
}
const heading = ({ text }: Page) => /<h1>([^<]*)<\/h1>/.exec(text)?.[1];
const addMember = (name: string, email: string, left = false) =>
  inWorkspace(database.db, workspaceId, async (trx) => {
    const id = crypto.randomUUID();
    await createMember(trx, workspaceId, { id, name, team: 'sales', role: 'admin', email });
    if (left) await trx.updateTable('member').set({ left_at: new Date() }).where('id', '=', id).execute();
    return id;
  });

test('a page says whom and which team the browser will be connected to, and loading it uses nothing up', async () => {
  const { token } = await makeInvite(server, workspaceId, { name: 'Ann <b>Lee', email: 'ann@acme.example' });
  const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  const { browser, extension, page } = await open(`  ${server.url}/join#${token} `, { 'user-agent': agent });
  for (const shown of ['Acme', 'ann@acme.example', 'value="Ann &lt;b&gt;Lee"', 'Firefox on Linux']) {
    expect(page.text).toContain(shown);
  }
  expect(page.text).not.toContain(token);
  expect(page.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self' https:\/\/\w{32}\.chromiumapp\.org; frame-ancestors 'none'; base-uri 'none'$/,
  );
  await browser.open(page.url);
  await browser.open(await extension.authorizeUrl({ invitation: token }));
  const back = await browser.open(page.url, { form: { name: 'Ann Lee' } });
  expect(back.status).toBe(0);
  // The button pressed twice.
  const { access_token } = await extension.exchange(back.url);
  const [row] = await database.asOwner('select name, team, role, email from member where id = $1', [
    readClaims(access_token).sub,
  ]);
  expect(row).toEqual({ name: 'Ann Lee', team: 'sales', role: 'member', email: 'ann@acme.example' });
  const browsers = await database.asOwner('select name, origin, used_at is not null as used from browser');
  expect(browsers).toEqual([
    {
      name: 'Firefox on Linux',
      origin: 'chrome-extension://agioebjiifimchggbdaofkjbeienkojl',
      // It has not come in yet.
      used: false,
    },
  ]);
  const version = await database.asOwner('select version from workspace where workspace_id = $1', [
    workspaceId,
  ]);
  expect(version).toEqual([{ version: '1' }]);
});

test('what is missing is asked for, and what is wrong is said beside it', async () => {
  const { token } = await makeInvite(server, workspaceId);
  const { browser, page } = await open(token);
  expect(page.text).toMatch(/<label for="name">[\s\S]*<label for="email">/);
  const wrong = await browser.open(page.url, { form: { name: ' ', email: 'nowhere' } });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toMatch(/id="name-wrong" role="alert">Write your name/);
  expect(wrong.text).toMatch(/aria-describedby="email-hint email-wrong" aria-invalid="true"/);
  const back = await browser.open(page.url, { form: { name: ' Bo  Berg ', email: 'BO@Acme.example' } });
  expect(back.status).toBe(0);
  expect(await database.asOwner(`select email from member where name = 'Bo Berg'`)).toEqual([
    { email: 'bo@acme.example' },
  ]);
});

test('each state of an invitation has its page', async () => {
  const used = await makeInvite(server, workspaceId, { name: 'Una', email: 'una@acme.example' });
  await connect(server, used.token, { name: 'Una' });
  const expired = await makeInvite(server, workspaceId, { now: new Date(Date.now() - 73 * 3_600_000) });
  const withdrawn = await makeInvite(server, workspaceId);
  await database.asOwner('update invite set withdrawn_at = now() where id = $1', [withdrawn.id]);
  const id = await addMember('Lou Left', 'lou@acme.example', true);
  const ofLeft = await makeInvite(server, workspaceId, { memberId: id });
  const cases: [string, string][] = [
    [used.token, 'This invitation was used'],
    [expired.token, 'This invitation has expired'],
    [withdrawn.token, 'This invitation was withdrawn'],
    [ofLeft.token, 'This invitation was withdrawn'],
    [`${expired.token.slice(0, -4)}AAAA`, 'There is no such invitation'],
    ['nonsense', 'There is no such invitation'],
  ];
  for (const [token, title] of cases) {
    const { browser, page } = await open(token);
    expect([page.status, heading(page)]).toEqual([403, title]);
    const pressed = await browser.open(page.url, { form: { name: 'X', email: 'x@acme.example' } });
    expect([pressed.status, heading(pressed)]).toEqual([403, title]);
  }
  const trail = await database.asOwner<{ reason: string }>(
    `select detail ->> 'reason' as reason from audit where action = 'sign-in.refused' order by at`,
  );
  expect(trail.map(({ reason }) => reason)).toEqual(['used', 'expired', 'withdrawn', 'withdrawn', 'gone']);
});

test('of two browsers with one invitation, at once, one comes in', async () => {
  const { token } = await makeInvite(server, workspaceId, { name: 'Tia', email: 'tia@acme.example' });
  const both = await Promise.all([open(token), open(token)]);
  const pages = await Promise.all(
    both.map(({ browser, page }) => browser.open(page.url, { form: { name: 'Tia' } })),
  );
  expect(pages.map(({ status }) => status).sort()).toEqual([0, 403]);
  const lost = pages.find(({ status }) => status === 403);
  expect(lost && heading(lost)).toBe('This invitation was used');
});

test('an invitation whose browser never came for its tokens is good again, and that browser is ended', async () => {
  const { token, id } = await makeInvite(server, workspaceId, { name: 'Kim', email: 'kim@acme.example' });
  const first = await open(token);
  const back = await first.browser.open(first.page.url, { form: { name: 'Kim' } });
  await database.asOwner(`update invite set used_at = used_at - interval '3 minutes' where id = $1`, [id]);
  const { tokens } = await connect(server, token);
  expect(tokens.access_token).toBeTruthy();
  await expect(first.extension.exchange(back.url)).rejects.toMatchObject({ error: 'invalid_grant' });
  expect(await database.asOwner(`select count(*)::int n from member where name = 'Kim'`)).toEqual([{ n: 1 }]);
});

test('the same when its tokens were lost on the way; not once it has come in with them', async () => {
  const { token, id } = await makeInvite(server, workspaceId, { name: 'Kai', email: 'kai@acme.example' });
  const later = () =>
    database.asOwner(`update invite set used_at = used_at - interval '3 minutes' where id = $1`, [id]);
  await connect(server, token, { name: 'Kai' });
  await later();
  const { tokens } = await connect(server, token);
  const headers = { authorization: `Bearer ${tokens.access_token}` };
  expect((await fetch(`${server.url}/v1/session`, { headers })).status).toBe(200);
  const { bid } = readClaims(tokens.access_token);
  const used = () => database.asOwner('select 1 from browser where id = $1 and used_at is not null', [bid]);
  // It is noted beside the request.
  await expect.poll(used).toHaveLength(1);
  await later();
  const { page } = await open(token);
  expect(heading(page)).toBe('This invitation was used');
});

test('a button pressed twice connects once', async () => {
  const { token } = await makeInvite(server, workspaceId, { name: 'Dee', email: 'dee@acme.example' });
  const { browser, extension, page } = await open(token);
  const pressed = await Promise.all([1, 2, 3].map(() => browser.fetch(page.url, { form: { name: 'Dee' } })));
  expect(pressed.map(({ status }) => status)).toEqual([303, 303, 303]);
  const back = await browser.open(new URL(pressed[2]?.headers.get('location') ?? '', server.url).href);
  await extension.exchange(back.url);
  const [row] = await database.asOwner(
    `select count(*)::int n from browser b join member m on m.id = b.member_id where m.name = 'Dee'`,
  );
  expect(row).toEqual({ n: 1 });
});

test("nobody becomes somebody else by writing that person's address", async () => {
  await addMember('Boss', 'boss@acme.example');
  const { token } = await makeInvite(server, workspaceId);
  const { browser, page } = await open(token);
  const taken = await browser.open(page.url, { form: { name: 'Mallory', email: 'boss@acme.example' } });
  expect([taken.status, heading(taken)]).toEqual([403, 'Somebody in this team has or had this address']);
  await addMember('Gone Gus', 'gus@acme.example', true);
  const gone = await browser.open(page.url, { form: { name: 'Mallory', email: 'gus@acme.example' } });
  expect(gone.status).toBe(403);
  expect((await browser.open(page.url, { form: { name: 'Mal', email: 'mal@acme.example' } })).status).toBe(0);
});

test('one more browser of a member, and somebody who comes back, are the same person', async () => {
  const id = await addMember('Mia', 'mia@acme.example');
  const more = await makeInvite(server, workspaceId, { memberId: id });
  const { page } = await open(more.token);
  expect(page.text).not.toContain('<label');
  const { tokens } = await connect(server, more.token);
  expect(readClaims(tokens.access_token).sub).toBe(id);

  const left = await addMember('Rae Returns', 'rae@acme.example', true);
  const again = await makeInvite(server, workspaceId, {
    name: 'Rae',
    email: 'rae@acme.example',
    role: 'viewer',
  });
  const back = await connect(server, again.token, { name: 'Rae Returns' });
  expect(readClaims(back.tokens.access_token).sub).toBe(left);
  const [row] = await database.asOwner('select role, left_at from member where id = $1', [left]);
  expect(row).toEqual({ role: 'viewer', left_at: null });
});

test('the first admin says who they are', async () => {
  const token = await createFirstTeam(database.db, { name: 'First', joinDomains: ['acme.example'] });
  const form = { name: 'Ada Admin', email: 'ada@acme.example' };
  const { tokens } = await connect(server, token, form);
  const [row] = await database.asOwner('select name, email, role from member where id = $1', [
    readClaims(tokens.access_token).sub,
  ]);
  expect(row).toEqual({ ...form, role: 'admin' });
});

test('without an invitation the page takes one that is pasted', async () => {
  const { token } = await makeInvite(server, workspaceId, { name: 'Pia', email: 'pia@acme.example' });
  const { browser, page } = await open(undefined);
  expect(heading(page)).toBe('Sign in to Truce');
  const wrong = await browser.open(`${page.url}/invitation`, { form: { invitation: 'hello' } });
  expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('no invitation link')]);
  const shown = await browser.open(`${page.url}/invitation`, {
    form: { invitation: `${server.url}/join#${token}` },
  });
  expect(heading(shown)).toBe('Connect this browser');
  expect((await browser.open(page.url, { form: { name: 'Pia' } })).status).toBe(0);
});
