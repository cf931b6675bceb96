import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveMailbox } from '../../server/sample/mailbox.ts';
import type { Screen } from './rig/screen.ts';
import type { Rig } from './rig/types.ts';
import { showOnFailure, World } from './rig/world.ts';

/** The main job: a mail is open, the panel shows who wrote it. */
let world: World;
let rig: Rig;
let mail: Screen;
let panel: Screen;
let mailbox: Awaited<ReturnType<typeof serveMailbox>>;

const open = (subject: string) => mail.click({ role: 'link', name: subject });

beforeAll(async () => {
  world = await World.start();
  mailbox = await serveMailbox(0);
  rig = await world.paired();
  mail = await rig.page(mailbox.url);
  panel = await rig.panel(mail);
});
afterAll(async () => {
  await mailbox?.close();
  await world?.stop();
});

test('an open mail shows its sender: stage, owner, last touch, campaigns, notes', async (context) => {
  showOnFailure(context, { mail, panel });
  await open('Pilot in two depots');
  const text = await panel.waitForText('Done when');
  expect(text).toMatch(/Ann Lee\s+Head of Operations, Acme/);
  expect(text).toContain('ann.lee@acme.example, matched by address');
  expect(text).toContain('Sales qualified');
  expect(text).toContain('Raj Patel');
  expect(text).toMatch(/Last touch[\s\S]+Call with Raj Patel/);
  expect(text).toMatch(/Campaigns[\s\S]+planned[\s\S]+“/);
  expect(text).toMatch(/Notes[\s\S]+Pinned/);
});

test('the card follows from mail to mail, also quickly', async (context) => {
  showOnFailure(context, { mail, panel });
  await open('Single sign-on for the pilot');
  await panel.waitForText('Bob Marley-Smith', { within: '.who' });
  await open('Contrat : dernière relecture');
  await panel.waitForText('Zoë François', { within: '.who' });
  for (const subject of ['Pilot in two depots', 'Single sign-on for the pilot', 'Returns without a dock']) {
    await open(subject);
  }
  await panel.waitForText('Jane Whitfield', { within: '.who' });
});

test("the mailbox's own account is never offered", async () => {
  await open('Pilot in two depots');
  await panel.waitForText('Ann Lee', { within: '.who' });
  expect(await panel.text('[role=tablist]')).not.toContain('Raj');
});

test('the card is there after the background was ended, and it still follows', async (context) => {
  showOnFailure(context, { mail, panel });
  await rig.endBackground();
  await open('Single sign-on for the pilot');
  await panel.waitForText('Bob Marley-Smith', { within: '.who' });
});

test('the real panel of the browser shows it too', async () => {
  const real = await rig.realPanel(mail);
  await open('Pilot in two depots');
  await real.waitForText('Head of Operations');
});

test('a mail from a stranger says so and asks the server for nothing', async (context) => {
  showOnFailure(context, { mail, panel });
  const stranger = 'Coffee at the fair?';
  await open(stranger);
  await panel.waitForText(/not known/);
  const asked = world.front.requests.filter(({ path }) => /lookup|cards|search/.test(path)).length;
  await open('Pilot in two depots');
  await panel.waitForText('Ann Lee', { within: '.who' });
  await open(stranger);
  await panel.waitForText(/not known/);
  expect(world.front.requests.filter(({ path }) => /lookup|cards|search/.test(path)).length).toBe(asked);
});
