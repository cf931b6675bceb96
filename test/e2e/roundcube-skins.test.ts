import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Roundcube, roundcubeTrouble, SKINS, skins, startRoundcube } from '../../scripts/roundcube.ts';
import { addresses, inFocus, RoundcubeMail } from './rig/roundcube-mail.ts';
import type { Screen } from './rig/screen.ts';
import type { Rig } from './rig/types.ts';
import { kind, showOnFailure, World } from './rig/world.ts';

const trouble = await roundcubeTrouble();
if (trouble) console.log(`Roundcube is left out: ${trouble}`);
const left = SKINS.filter((skin) => !trouble && !skins().includes(skin));
if (left.length > 0)
  console.log(`Roundcube's ${left.join(' and ')} left out: this system has no package of it`);
// The skins are Roundcube's, not the browser's: one of them shows that Firefox reads it as well.
const worn = skins().filter((skin) => kind === 'chromium' || skin === skins().at(-1));

const OWN = 'alice@example.com';
const NEW = 'nobody-we-know.example';
/** What the panel of the signed-in Alice shows, in the real extension; and who is who, by detection as it is. */
describe.skipIf(trouble !== undefined)('Roundcube', () => {
  let world: World;
  let rig: Rig;
  let roundcube: Roundcube;
  let mail: RoundcubeMail;
  let panel: Screen;

  beforeAll(async () => {
    roundcube = await startRoundcube();
    world = await World.start();
    rig = await world.paired(world.team.members.find((member) => member.email === roundcube.user));
    mail = await RoundcubeMail.signIn(rig, roundcube);
    panel = await rig.panel(mail.screen);
  });
  afterAll(async () => {
    await world?.stop();
    await roundcube?.stop();
  });

  describe.each(worn)('in its skin %s', (skin) => {
    beforeAll(async () => {
      await roundcube.wear(skin);
      await mail.list();
    });

    test('list', async (context) => {
      showOnFailure(context, { mail: mail.screen, panel });
      expect(await mail.skin()).toBe(skin);
      await panel.waitForText('Zoë François', { within: '[role=tablist]' });
      expect(await panel.waitForText('Bob Marley-Smith', { within: '[role=tablist]' })).not.toContain(
        'Alice',
      );
      const report = await mail.people(({ recipe }) => recipe === 'found');
      expect(report.site).toBe('roundcube');
      expect(new Set(addresses(report, 'mentioned'))).toEqual(new Set(addresses(report)));
      for (const one of ['bob.smith@acme.example', `priya.nair@${NEW}`, 'zoe.francois@societe.example']) {
        expect(addresses(report)).toContain(one);
      }
      expect(inFocus(report)).toBeUndefined();
    });

    test('search results', async (context) => {
      showOnFailure(context, { mail: mail.screen, panel });
      await mail.search('right person', 1);
      const report = await mail.people((one) => addresses(one).length === 1);
      expect(addresses(report)).toEqual([`priya.nair@${NEW}`]);
      await panel.waitForNoText('Zoë François', { within: '[role=tablist]' });
    });

    test('preview pane, from mail to mail', async (context) => {
      showOnFailure(context, { mail: mail.screen, panel });
      await mail.list();
      await mail.preview('Démonstration de jeudi');
      await panel.waitForText('Zoë François', { within: '.who' });
      await mail.preview('(sent from my phone)');
      await panel.waitForText('Bob Marley-Smith', { within: '.who' });
      const report = await mail.people((one) => inFocus(one) !== undefined, '_action=preview');
      expect(report).toMatchObject({ site: 'roundcube', recipe: 'found' });
      expect(addresses(report)).toEqual(['bob.smith@acme.example']);
    });

    test('an open mail: sender, To and Cc; what is quoted is only mentioned', async (context) => {
      showOnFailure(context, { mail: mail.screen, panel });
      await mail.list();
      await mail.open('the contract');
      await panel.waitForText('Zoë François', { within: '.who' });
      const report = await mail.people((one) => inFocus(one) !== undefined);
      expect(report).toMatchObject({ site: 'roundcube', recipe: 'found' });
      expect(addresses(report, 'sender')).toEqual(['zoe.francois@societe.example']);
      expect(addresses(report, 'recipient')).toEqual([
        `jean.petit@${NEW}`,
        `taro.yamada@${NEW}`,
        `kim@${NEW}`,
      ]);
      expect(addresses(report, 'mentioned').sort()).toEqual(['bob.smith@acme.example', `omar.reed@${NEW}`]);
      expect(addresses(report)).not.toContain(OWN);
      const name = (start: string) =>
        report.sightings.find(({ address }) => address?.startsWith(start))?.name;
      expect([name('jean'), name('taro'), name('kim')]).toEqual(['Petit, Jean', '山田 太郎', undefined]);
    });

    test('behind a list is who wrote', async (context) => {
      showOnFailure(context, { mail: mail.screen, panel });
      await mail.list();
      await mail.open('Who else runs two sites?');
      await panel.waitForText('Bob Marley-Smith', { within: '.who' });
      const report = await mail.people((one) => inFocus(one) !== undefined);
      expect(inFocus(report)).toBe('bob.smith@acme.example');
      const list = report.sightings.find(({ address }) => address === 'site-owners@lists.example');
      expect(list).toMatchObject({ focus: false });
      expect(list?.name).toBeUndefined();
    });

    test("one's own sent mail is about whom it went to, not oneself", async () => {
      await mail.list();
      await mail.open('Re: Renewal and the second site');
      const report = await mail.people((one) => addresses(one).length > 0);
      expect(addresses(report, 'recipient')).toEqual(['bob.smith@acme.example']);
      expect(addresses(report)).not.toContain(OWN);
    });

    test('a window of its own', async (context) => {
      await mail.list();
      await mail.preview('Are you the right person?');
      const frame = await mail.screen.frame('_action=preview');
      await frame.click('a.extwin, a:has(> #openextwinlink)');
      const popped = await rig.tab('_extwin=1');
      const report = await new RoundcubeMail(popped, roundcube).people((one) => inFocus(one) !== undefined);
      expect(inFocus(report)).toBe(`priya.nair@${NEW}`);
      // Firefox's driver does not tell the number of a tab that the page opened itself.
      if (kind === 'chromium') {
        const beside = await rig.panel(popped);
        showOnFailure(context, { popped, beside });
        await beside.waitForText(new RegExp(`priya\\.nair@${NEW}`));
      }
      await popped.close();
    });

    test('whom a new mail is to, as it is typed; not what it says', async (context) => {
      showOnFailure(context, { mail: mail.screen, panel });
      await mail.compose('Bob Smith <bob.smith@acme.example>,');
      await panel.waitForText('Bob Marley-Smith', { within: '.who' });
      await mail.compose(`Bob Smith <bob.smith@acme.example>, "Nair, Priya" <priya.nair@${NEW}>,`);
      await mail.screen.fill('[name="_message"]', `Hello, write to omar.reed@${NEW}`);
      const report = await mail.people((one) => addresses(one).length === 2);
      expect(addresses(report, 'recipient')).toEqual(['bob.smith@acme.example', `priya.nair@${NEW}`]);
      await panel.waitForText('Bob Marley-Smith');
    });

    test('an answer to all', async () => {
      await mail.list();
      await mail.go({
        _mbox: 'INBOX',
        _reply_uid: await mail.uid('the contract'),
        _all: 'all',
        _action: 'compose',
      });
      const report = await mail.people((one) => addresses(one).length > 3);
      expect(new Set(addresses(report, 'recipient'))).toEqual(
        new Set(['zoe.francois@societe.example', `jean.petit@${NEW}`, `taro.yamada@${NEW}`, `kim@${NEW}`]),
      );
      expect(addresses(report)).toHaveLength(4);
    });
  });
});
