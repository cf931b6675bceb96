import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Roundcube, roundcubeTrouble, startRoundcube } from '../../scripts/roundcube.ts';
import type { Screen } from './rig/screen.ts';
import { showOnFailure, World } from './rig/world.ts';

const trouble = await roundcubeTrouble();
if (trouble) console.log(`Roundcube is left out: ${trouble}`);

/** A real Roundcube, whose preview pane is a frame. */
describe.skipIf(trouble !== undefined)('Roundcube', () => {
  let world: World;
  let roundcube: Roundcube;
  let mail: Screen;
  let panel: Screen;

  beforeAll(async () => {
    roundcube = await startRoundcube();
    world = await World.start();
    const alice = world.team.members.find((member) => member.email === roundcube.user);
    const rig = await world.paired(alice);
    mail = await rig.page(roundcube.url);
    panel = await rig.panel(mail);
    await signIn();
  }, 90_000);
  afterAll(async () => {
    await world?.stop();
    await roundcube?.stop();
  });

  /** Its login page moves while its skin sets itself up: a click may land beside the button. */
  async function signIn(): Promise<void> {
    for (let left = 3; left > 0; left--) {
      await mail.fill('#rcmloginuser', roundcube.user);
      await mail.fill('#rcmloginpwd', roundcube.password);
      await mail.press('Enter');
      const list = mail.waitForText('Démonstration de jeudi', { timeout: 20_000 });
      if (left === 1) await list;
      else if (
        await list.then(
          () => true,
          () => false,
        )
      )
        return;
      await mail.page.goto(roundcube.url);
    }
  }

  const row = (subject: string) =>
    mail.evaluate((wanted) => {
      const rows = [...document.querySelectorAll('#messagelist tbody tr')];
      return rows.findIndex((each) => each.textContent?.includes(wanted)) + 1;
    }, subject);
  const preview = async (subject: string) =>
    mail.click(`#messagelist tbody tr:nth-child(${await row(subject)}) td.subject`);

  test('the message list shows who of its people is known', async (context) => {
    showOnFailure(context, { mail, panel });
    await panel.waitForText('Zoë François', { within: '[role=tablist]' });
    const text = await panel.waitForText('Bob Marley-Smith', { within: '[role=tablist]' });
    expect(text).not.toContain('Alice');
  });

  test('the preview pane, a frame, brings the sender of its mail', async (context) => {
    showOnFailure(context, { mail, panel });
    await preview('Démonstration de jeudi');
    await mail.frame('_action=preview');
    await panel.waitForText('Zoë François', { within: '.who' });
    await panel.waitForText('matched by address', { within: '.who' });
    expect(await panel.text()).toContain('Done when');
  });

  test('the card follows from preview to preview', async (context) => {
    showOnFailure(context, { mail, panel });
    await preview('(sent from my phone)');
    await panel.waitForText('Bob Marley-Smith', { within: '.who' });
    await preview('Démonstration de jeudi');
    await panel.waitForText('Zoë François', { within: '.who' });
  });

  test('a forwarding stranger is in front, not the known person they quote', async (context) => {
    showOnFailure(context, { mail, panel });
    await preview('Fwd: Renewal');
    await panel.waitForText(/priya\.nair@nobody-we-know\.example/);
  });

  test('a message opened by itself brings its sender', async (context) => {
    showOnFailure(context, { mail, panel });
    const uid = await mail.evaluate((wanted) => {
      const rows = [...document.querySelectorAll('#messagelist tbody tr')];
      const link = rows.find((each) => each.textContent?.includes(wanted))?.querySelector('a[href*="_uid="]');
      return new URL((link as HTMLAnchorElement).href).searchParams.get('_uid');
    }, '(sent from my phone)');
    await mail.page.goto(`${roundcube.url}?_task=mail&_mbox=INBOX&_action=show&_uid=${uid}`);
    await panel.waitForText('Bob Marley-Smith', { within: '.who' });
    await panel.waitForText('matched by address', { within: '.who' });
  });
});
