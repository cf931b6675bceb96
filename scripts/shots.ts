import { mkdirSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Rig } from '../test/e2e/rig/types.ts';
import { invitePath } from './sample-team.ts';

const FOLDER = resolve(import.meta.dirname, '../.output/screenshots');
/** Sender and subject of a mail of the sample mailbox: somebody with something in every part of the card. */
const WHO = 'Ann Lee';
const MAIL = 'Pilot in two depots';

/** Signs the browser in by an invitation's link, opens a mail and takes pictures of what Truce shows; answers their paths. */
export async function takeShots(rig: Rig, mailbox: string, link: string): Promise<string[]> {
  mkdirSync(FOLDER, { recursive: true });
  const shots: string[] = [];
  const path = (name: string) => {
    const file = resolve(FOLDER, `${rig.kind}-${name}.png`);
    shots.push(relative(process.cwd(), file));
    return file;
  };
  const options = await rig.open(invitePath(link));
  await options.waitForText('Not signed in');
  await options.screenshot(path('options-new'));
  await options.click({ role: 'button', name: 'Sign in' });
  const window = await rig.signInWindow();
  await window.waitForText('Connect this browser');
  await window.screenshot(path('sign-in'));
  await window.click({ role: 'button', name: 'Connect this browser' });
  await options.waitForText('Signed in to', { timeout: 20_000 });

  const page = await rig.page(mailbox);
  const panel = await rig.panel(page);
  await page.click({ role: 'link', name: MAIL });
  await panel.waitForText('Done when');
  await page.screenshot(path('mailbox'));
  await panel.screenshot(path('panel'));
  if (rig.kind === 'firefox') {
    const sidebar = await rig.realPanel(page);
    await sidebar.waitForText('Done when');
    await sidebar.shot(path('sidebar'));
  }
  const popup = await rig.popup(page);
  await popup.waitForText(WHO);
  await popup.screenshot(path('popup'));
  await options.front();
  await options.screenshot(path('options'));
  return shots;
}
