import { invitePath } from '../../../scripts/sample-team.ts';
import type { Screen } from './screen.ts';
import { until } from './screen.ts';
import type { Rig } from './types.ts';

const BUTTON = { role: 'button', name: 'Connect this browser' };

/** Signs in by an invitation's link, in the browser's own window, as a person does. */
export async function signIn(rig: Rig, link: string): Promise<void> {
  const options = await rig.open(invitePath(link));
  await options.waitForText('Invitation link');
  await options.click({ role: 'button', name: 'Sign in' });
  await connect(rig, options);
  await options.close();
}

/** Presses the button in the browser's sign-in window, until the options say that it has helped. */
export async function connect(rig: Rig, options: Screen): Promise<void> {
  const done = await until(30_000, async () => {
    const window = await rig.signInWindow(500).catch(() => undefined);
    // Firefox loads the page twice: the one that was pressed first may have been replaced meanwhile.
    if (await window?.has(BUTTON).catch(() => false)) await window?.click(BUTTON).catch(() => undefined);
    return options.waitForText('Signed in to', { timeout: 2000 }).catch(() => undefined);
  });
  if (done === undefined) throw new Error(`not signed in: ${await options.text()}`);
}
