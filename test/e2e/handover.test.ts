import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Member } from '../../utils/contract/member.ts';
import type { Screen } from './rig/screen.ts';
import { showOnFailure, World } from './rig/world.ts';

/** A lead on its way between a marketer's browser and a rep's: each sees what the other does, and how long is left. */
let world: World;
let mias: Screen;
let rajs: Screen;

const WHO = 'bob.smith@acme.example';

function of(first: string): Member {
  const member = world.team.members.find(({ name }) => name.startsWith(first));
  if (!member) throw new Error(`nobody is called ${first}`);
  return member;
}

beforeAll(async () => {
  world = await World.start();
  const panelOf = async (first: string) => {
    const rig = await world.paired(of(first));
    const panel = await rig.panel(await rig.page(`${world.pages.url}/from?who=${WHO}`));
    await panel.waitForText('Bob Marley-Smith', { within: '.who' });
    return panel;
  };
  mias = await panelOf('Mia');
  rajs = await panelOf('Raj');
});
afterAll(() => world?.stop());

const press = (panel: Screen, name: string) => panel.click({ role: 'button', name });

test('a marketer hands somebody over who is not ready, with a word on why; sales see it at once, with its clock', async (context) => {
  showOnFailure(context, { mias, rajs });
  await press(mias, 'Hand over to sales');
  await mias.fill({ label: 'Why hand over even so' }, 'Asked for a price twice.');
  await mias.page.select('.handover select', of('Raj').id);
  await press(mias, 'Hand over to sales');
  await rajs.waitForText(/Mia Lindgren handed them to Raj Patel[\s\S]+working hours? left/, {
    within: '.handover',
  });
  await rajs.waitForText('“Asked for a price twice.”', { within: '.handover' });
});

test('sales send it back with a reason, out of reach; marketing have it once they are back', async (context) => {
  showOnFailure(context, { mias, rajs });
  await world.front.down();
  await rajs.waitForText(/Offline/, { timeout: 30_000 });
  await press(rajs, 'Send back');
  await rajs.fill({ label: 'In your words, if you like' }, 'In spring.');
  await press(rajs, 'Not now');
  await rajs.waitForText(/Raj Patel sent them back: Not now[\s\S]+waiting to be sent/, {
    within: '.handover',
  });
  expect(await mias.text()).not.toContain('sent them back');
  await world.front.up();
  await mias.waitForText(/Raj Patel sent them back: Not now\s+“In spring.”/, {
    within: '.handover',
    timeout: 60_000,
  });
});

test('handed over again and accepted, a touch of sales is the follow-up, by itself', async (context) => {
  showOnFailure(context, { mias, rajs });
  await press(mias, 'Hand over again');
  await mias.fill({ label: 'Why hand over even so' }, 'It is spring.');
  await mias.page.select('.handover select', of('Raj').id);
  await press(mias, 'Hand over to sales');
  await rajs.waitForText('not yet accepted', { within: '.handover' });
  await press(rajs, 'Accept');
  await mias.waitForText(', accepted', { within: '.handover' });
  await press(rajs, 'Log a touch');
  await press(rajs, 'Log it');
  for (const panel of [mias, rajs]) {
    await panel.waitForText('Followed up by Raj Patel', { within: '.handover', timeout: 30_000 });
  }
});
