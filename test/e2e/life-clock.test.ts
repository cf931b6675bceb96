import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyBuild } from './rig/copy-build.ts';
import type { Screen } from './rig/screen.ts';
import { showOnFailure, World } from './rig/world.ts';

/** Browsers on computers whose clocks are a day fast, and a day slow, beside one whose clock is right. */
const DAY = 86_400_000;
const SAMPLE = 'Bob Marley-Smith';

let world: World;
const folders: string[] = [];
beforeAll(async () => {
  world = await World.start();
});
afterAll(async () => {
  await world?.stop();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** The build with another clock in each of its scripts; the page's own stays as it is. */
async function buildWith(shift: number): Promise<string> {
  const folder = await copyBuild();
  folders.push(folder);
  const clock = `if (!globalThis.shifted) { globalThis.shifted = true; const Right = Date;
    globalThis.Date = class extends Right {
      constructor(...parts) { if (parts.length === 0) super(Right.now() + ${shift}); else super(...parts); }
      static now() { return Right.now() + ${shift}; }
    }; }\n`;
  for (const name of await readdir(folder, { recursive: true })) {
    if (!name.endsWith('.js')) continue;
    const path = join(folder, name);
    await writeFile(path, clock + (await readFile(path, 'utf8')));
  }
  return folder;
}

const pin = async (panel: Screen, text: string) => {
  await panel.click({ role: 'button', name: 'Pin a note' });
  await panel.fill({ label: 'Note' }, text);
  await panel.click({ role: 'button', name: 'Pin a note' });
};

test.for([
  ['fast', DAY],
  ['slow', -DAY],
] as const)(
  'a clock that is a day %s: signed in, in step, and every age is one',
  async ([word, shift], context) => {
    const rig = await world.browser('test', { extension: await buildWith(shift) });
    await world.pair(rig);
    const panel = await rig.panel(await rig.page(`${world.pages.url}/people`));
    showOnFailure(context, { panel });
    await panel.waitForText(SAMPLE, { within: '.who' });
    await panel.waitForText(/In step/);
    const right = await world.paired(world.team.members[1]);
    const theirs = await right.panel(await right.page(`${world.pages.url}/people`));
    await theirs.waitForText(SAMPLE, { within: '.who' });

    await pin(panel, `From a ${word} clock.`);
    await theirs.waitForText(`From a ${word} clock.`);
    await panel.waitForNoText('waiting to be sent');
    await pin(theirs, `Answered to the ${word} one.`);
    await panel.waitForText(`Answered to the ${word} one.`);
    for (const screen of [panel, theirs]) {
      const text = await screen.text('main');
      expect(text.indexOf('Answered to')).toBeLessThan(text.indexOf(`From a ${word}`));
      expect(await screen.text()).not.toMatch(
        /NaN|Invalid|-\d+ ?(s|sec|min|hour|day)|In step,?\s*(in |tomorrow)/,
      );
      await screen.waitForText(/In step,?\s*(now|\d+s ago)/);
    }
    // The stream and the rounds go on: what comes later is there too.
    await pin(theirs, `And once more, ${word} one.`);
    await panel.waitForText(`And once more, ${word} one.`);
    await pin(panel, `The last of the ${word} clock.`);
    await theirs.waitForText(`The last of the ${word} clock.`);
    await panel.waitForNoText('waiting to be sent');
    for (const screen of [panel, theirs]) {
      await screen.waitForText(/The last of[\s\S]+And once more,[\s\S]+Answered to[\s\S]+From a/);
    }
    await right.close();
    await rig.close();
  },
);
