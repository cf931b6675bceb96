import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Running } from '../../server/start.ts';
import { REALM } from '../../server/store/realm.ts';
import { createWorkspace } from '../../server/store/workspace.ts';
import { CompanyRig, companyAt, press } from './company-rig.ts';
import { startIssuer } from './issuer.ts';
import { createBrowser } from './provider-client.ts';
import { listen, readClaims } from './sign-in-rig.ts';

let rig: CompanyRig;
beforeAll(async () => {
  rig = await CompanyRig.start();
  await rig.addMember(rig.acme, 'Ann Lee', 'ann@acme.example');
});
beforeEach(() => {
  rig.issuer.who = undefined;
});
afterAll(() => rig?.stop());

test('a member comes in by the company, sees the team, and is known by the account from then on', async () => {
  rig.issuer.who = {
    sub: 'ann',
    email: 'Ann@Acme.example',
    email_verified: true,
    name: 'Ann at the company',
  };
  const { browser, extension, page, company } = await rig.begin();
  expect(page.text).toContain('Continue with your company');
  const shown = await company();
  expect(shown.text).toContain('Acme');
  expect(shown.text).toContain('Ann Lee');
  expect(shown.text).toContain('ann@acme.example');
  const tokens = await extension.exchange((await press(browser, shown)).url);
  expect(readClaims(tokens.access_token)).toMatchObject({ wid: rig.acme });
  const [row] = await rig.database.asOwner<{ subject: string }>(
    `select subject from member where email = 'ann@acme.example'`,
  );
  expect(row?.subject).toBe(`${rig.issuer.url} ann`);
  expect((await rig.audit(rig.acme)).map(({ action }) => action)).toEqual(['sign-in', 'browser.paired']);

  rig.issuer.who = { sub: 'somebody-else', email: 'ann@acme.example', email_verified: true };
  const second = await rig.begin();
  const refused = await second.company();
  expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('another account')]);
});

test('whoever is of a domain that joins becomes a member, once, and says what they work in', async () => {
  rig.issuer.who = { sub: 'joe', email: 'joe@acme.example', email_verified: true, name: 'Joe New' };
  const { browser, extension, company } = await rig.begin();
  const shown = await company();
  expect(shown.text).toContain('you join it');
  const again = await press(browser, shown);
  expect([again.status, again.text]).toEqual([422, expect.stringContaining('Choose one')]);
  const back = await press(browser, shown, { work: 'marketing' });
  const { sub } = readClaims((await extension.exchange(back.url)).access_token);
  const [row] = await rig.database.asOwner('select name, team, role, email from member where id = $1', [sub]);
  expect(row).toEqual({ name: 'Joe New', team: 'marketing', role: 'member', email: 'joe@acme.example' });

  const next = await rig.begin();
  const known = await next.company();
  expect(known.text).not.toContain('you join it');
  const more = await next.extension.exchange((await press(next.browser, known)).url);
  expect(readClaims(more.access_token)).toMatchObject({ sub });
});

test('whoever was removed does not join again by their domain', async () => {
  const id = await rig.addMember(rig.acme, 'Lou Left', 'lou@acme.example');
  await rig.database.asOwner('update member set left_at = now() where id = $1', [id]);
  rig.issuer.who = { sub: 'lou', email: 'lou@acme.example', email_verified: true };
  const refused = await (await rig.begin()).company();
  expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('You are in no team')]);
});

test('whoever is removed while the button is in front of them is told why, and so is the trail', async () => {
  const id = await rig.addMember(rig.acme, 'Ida Late', 'ida@acme.example');
  rig.issuer.who = { sub: 'ida', email: 'ida@acme.example', email_verified: true };
  const { browser, company } = await rig.begin();
  const shown = await company();
  await rig.database.asOwner('update member set left_at = now() where id = $1', [id]);
  const refused = await press(browser, shown);
  expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('You are in no team')]);
  const [last] = (await rig.audit(REALM)).slice(-1);
  expect(last).toEqual({ action: 'sign-in.refused', detail: { way: 'company', reason: 'no-team' } });
});

test('somebody in several teams chooses one', async () => {
  await rig.addMember(rig.acme, 'Sue Several', 'sue@acme.example');
  await rig.addMember(rig.other, 'Sue Several', 'sue@acme.example');
  rig.issuer.who = { sub: 'sue', email: 'sue@acme.example', email_verified: true };
  const { browser, extension, company } = await rig.begin();
  const shown = await company();
  expect(shown.text).toContain('Which team?');
  const none = await press(browser, shown);
  expect(none.status).toBe(422);
  // The team of somebody else cannot be chosen, whatever the form says.
  const stranger = await createWorkspace(rig.database.db, 'Strangers');
  expect((await press(browser, shown, { workspace: stranger })).status).toBe(422);
  const back = await press(browser, shown, { workspace: rig.other });
  expect(readClaims((await extension.exchange(back.url)).access_token)).toMatchObject({ wid: rig.other });
});

test('each reason not to be let in has its page and its line in the trail', async () => {
  const cases: [typeof rig.issuer.who, string][] = [
    [{ sub: 'z', email: 'zoe@elsewhere.example', email_verified: true }, 'Not an address of the company'],
    [{ sub: 'u', email: 'una@acme.example', email_verified: false }, 'not confirmed'],
    [{ sub: 'n', name: 'No Address' }, 'not confirmed'],
    [undefined, 'did not let you in'],
  ];
  for (const [who, words] of cases) {
    rig.issuer.who = who;
    const page = await (await rig.begin()).company();
    expect([page.status, page.text]).toEqual([403, expect.stringContaining(words)]);
    expect(page.text).toContain('Try again');
  }
  const reasons = (await rig.audit(REALM)).map(({ detail }) => detail.reason);
  expect(reasons).toEqual(expect.arrayContaining(['domain', 'unverified', 'refused']));
  expect(JSON.stringify(reasons)).not.toContain('@');
});

test('an issuer that is away is said, and asked again the next time', async () => {
  const away = await startIssuer(() => `${late.url}/sign-in/callback`);
  const url = away.url;
  await away.close();
  const late: Running = await listen(rig.database.url, { company: companyAt(url) });
  const { company: go } = await rig.begin(late);
  const page = await go();
  expect([page.status, page.text]).toEqual([403, expect.stringContaining('cannot be reached')]);
  await late.stop();
});

test('an answer of the company counts only in the browser that asked for it', async () => {
  rig.issuer.who = { sub: 'ann', email: 'ann@acme.example', email_verified: true };
  const mine = await rig.begin();
  const first = await mine.browser.fetch(`${mine.page.url}/company`);
  // Another browser is sent through the company with the state of mine.
  const victim = createBrowser();
  const page = await victim.open(first.headers.get('location') ?? '');
  expect([page.status, page.text]).toEqual([410, expect.stringContaining('This page has expired')]);
  expect((await mine.browser.open(mine.page.url)).text).toContain('Continue with your company');
});
