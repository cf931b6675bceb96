import { afterAll, beforeAll, expect, test } from 'vitest';
import { startIssuer } from '../server/issuer.ts';
import { until } from './rig/screen.ts';
import { connect } from './rig/sign-in.ts';
import { showOnFailure, World } from './rig/world.ts';

/** The ways in: an invitation, the company's sign-in at a real issuer on loopback, a code. */
let world: World;
let issuer: Awaited<ReturnType<typeof startIssuer>>;
const FIELD = { label: 'Invitation link or server address' };

beforeAll(async () => {
  issuer = await startIssuer(() => `${world.front.url}/sign-in/callback`);
  world = await World.start({
    company: {
      ...{ issuer: issuer.url, clientId: 'truce', clientSecret: 'hush' },
      ...{ domains: ['truce.example'], trustEmail: false },
    },
  });
});
afterAll(async () => {
  await world?.stop();
  await issuer?.close();
});

const tokenRequests = () => world.front.requests.filter(({ path }) => path === '/oidc/token');

test('an invitation: one click there, one in the window, and the card shows', async (context) => {
  const rig = await world.paired();
  const panel = await rig.panel(await rig.page(`${world.pages.url}/people`));
  showOnFailure(context, { panel });
  await panel.waitForText('Bob Marley-Smith', { within: '.who' });
  expect(tokenRequests().every(({ all }) => /"dpop":"/.test(all))).toBe(true);
  // The invitation is good once.
  await rig.close();
});

test('an invitation in the address signs nobody in by itself, and is taken out of it', async () => {
  const rig = await world.browser();
  const asked = world.front.requests.length;
  const options = await rig.open(
    `options.html#${new URLSearchParams({ invitation: await world.team.invite() })}`,
  );
  await options.waitForText('Not signed in');
  expect(await options.evaluate(() => [location.hash, document.querySelector('input')?.value ?? ''])).toEqual(
    ['', expect.stringContaining('/join#truce_')],
  );
  expect(world.front.requests.length).toBe(asked);
  await rig.close();
});

test("the company's sign-in lets in whom the team knows", async (context) => {
  const mia = world.team.members[1];
  issuer.who = { sub: 'mia', email: mia?.email ?? '', email_verified: true, name: 'Mia Lindgren' };
  const rig = await world.browser();
  const options = await rig.open('options.html');
  showOnFailure(context, { options });
  await options.waitForText('Not signed in');
  await options.fill(FIELD, world.front.url);
  await options.click({ role: 'button', name: 'Sign in' });
  const link = { role: 'link', name: 'Continue with your company' };
  const done = await until(20_000, async () => {
    const window = await rig.signInWindow(500).catch(() => undefined);
    if (await window?.has(link).catch(() => false)) await window?.click(link).catch(() => undefined);
    return (
      (await window?.has({ role: 'button', name: 'Connect this browser' }).catch(() => false)) || undefined
    );
  });
  expect(done).toBe(true);
  await connect(rig, options);
  expect(await options.text()).toContain('You are Mia Lindgren (Marketing, member).');
  await rig.close();
});

test('a closed window is said in plain words; the code does it instead, also after the options were closed', async (context) => {
  const rig = await world.browser();
  let options = await rig.open(
    `options.html#${new URLSearchParams({ invitation: await world.team.invite() })}`,
  );
  showOnFailure(context, { options });
  await options.waitForText('Not signed in');
  await options.click({ role: 'button', name: 'Sign in' });
  await options.waitForText('Go on in the window that has opened');
  await (await rig.signInWindow()).close();
  await options.waitForText('You were not signed in: the window was closed');
  expect(await options.evaluate(() => document.querySelector('input')?.value)).toContain('/join#truce_');

  await options.click({ role: 'button', name: 'Use a code instead' });
  const code = (await options.waitForText(/[A-Z]{4}-[A-Z]{4}/, { within: '.code' })).trim();
  await options.close();
  const page = await rig.tab('/oidc/device');
  expect(
    await page.evaluate(() => document.querySelector<HTMLInputElement>('input[name=user_code]')?.value),
  ).toBe(code);
  await page.click({ role: 'button', name: 'Continue' });
  await page.click({ role: 'button', name: 'Connect the other browser' });
  await page.waitForText('Go back to Truce');
  options = await rig.open('options.html');
  await options.waitForText('Signed in to', { timeout: 20_000 });
  await rig.close();
});

test('a server that does not answer is said, and the invitation stays where it was typed', async (context) => {
  const rig = await world.browser();
  const options = await rig.open(
    `options.html#${new URLSearchParams({ invitation: await world.team.invite() })}`,
  );
  showOnFailure(context, { options });
  await options.waitForText('Not signed in');
  await world.front.down();
  await options.click({ role: 'button', name: 'Sign in' });
  await options.waitForText('The server does not answer');
  expect(await options.evaluate(() => document.querySelector('input')?.value)).toContain('/join#truce_');
  await world.front.up();
  await options.click({ role: 'button', name: 'Sign in' });
  await connect(rig, options);
  await rig.close();
});

test('disconnecting asks first when something would be lost, and leaves nothing here or there', async (context) => {
  const rig = await world.paired();
  const panel = await rig.panel(await rig.page(`${world.pages.url}/people`));
  await panel.waitForText('Bob Marley-Smith', { within: '.who' });
  await world.front.down();
  await panel.click({ role: 'button', name: 'Pin a note' });
  await panel.fill({ label: 'Note' }, 'Not sent yet.');
  await panel.click({ role: 'button', name: 'Pin a note' });
  await panel.waitForText('Saved on this device');
  const options = await rig.open('options.html');
  showOnFailure(context, { panel, options });
  await options.waitForText('1 thing is waiting');
  await options.click({ role: 'button', name: 'Disconnect' });
  await options.waitForText('has not reached the server. It would be lost.');
  await options.click({ role: 'button', name: 'Cancel' });
  await world.front.up();
  await options.waitForNoText('waiting to be sent', { timeout: 40_000 });
  await options.click({ role: 'button', name: 'Disconnect' });
  await options.waitForText('Not signed in');
  expect(world.front.requests.some(({ path }) => path === '/v1/sign-out')).toBe(true);
  await panel.waitForText('Sign in to see here what your team knows.');
  expect(await panel.text()).not.toContain('Bob');
  await rig.close();
});
