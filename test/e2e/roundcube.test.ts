import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Roundcube, roundcubeTrouble, startRoundcube } from '../../scripts/roundcube.ts';
import { RoundcubeMail } from './rig/roundcube-mail.ts';
import type { Screen } from './rig/screen.ts';
import { showOnFailure, World } from './rig/world.ts';

const trouble = await roundcubeTrouble();
if (trouble) console.log(`Roundcube is left out: ${trouble}`);

/** A real Roundcube, whose preview pane is a frame. */
describe.skipIf(trouble !== undefined)('Roundcube', () => {
  let world: World;
  let roundcube: Roundcube;
  let mailbox: RoundcubeMail;
  let mail: Screen;
  let panel: Screen;

  beforeAll(async () => {
    roundcube = await startRoundcube();
    world = await World.start();
    const alice = world.team.members.find((member) => member.email === roundcube.user);
    const rig = await world.paired(alice);
    mailbox = await RoundcubeMail.signIn(rig, roundcube);
    mail = mailbox.screen;
    panel = await rig.panel(mail);
  }, 90_000);
  afterAll(async () => {
    await world?.stop();
    await roundcube?.stop();
  });

  test('the message list shows who of its people is known', async (context) => {
    showOnFailure(context, { mail, panel });
    await panel.waitForText('Zoë François', { within: '[role=tablist]' });
    const text = await panel.waitForText('Bob Marley-Smith', { within: '[role=tablist]' });
    expect(text).not.toContain('Alice');
  });

  test('the preview pane, a frame, brings the sender of its mail', async (context) => {
    showOnFailure(context, { mail, panel });
    await mailbox.preview('Démonstration de jeudi');
    await panel.waitForText('Zoë François', { within: '.who' });
    await panel.waitForText('matched by address', { within: '.who' });
    expect(await panel.text()).toContain('Done when');
  });

  test('the card follows from preview to preview', async (context) => {
    showOnFailure(context, { mail, panel });
    await mailbox.preview('(sent from my phone)');
    await panel.waitForText('Bob Marley-Smith', { within: '.who' });
    await mailbox.preview('Démonstration de jeudi');
    await panel.waitForText('Zoë François', { within: '.who' });
  });

  test('a forwarding stranger is in front, not the known person they quote', async (context) => {
    showOnFailure(context, { mail, panel });
    await mailbox.preview('Fwd: Renewal');
    await panel.waitForText(/priya\.nair@nobody-we-know\.example/);
  });

  test('a message opened by itself brings its sender', async (context) => {
    showOnFailure(context, { mail, panel });
    await mailbox.open('(sent from my phone)');
    await panel.waitForText('Bob Marley-Smith', { within: '.who' });
    await panel.waitForText('matched by address', { within: '.who' });
  });
});
