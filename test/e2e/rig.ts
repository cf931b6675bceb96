import type { BrowserKind } from '../../scripts/browser-places.ts';
import { launchChromium } from './rig/chromium.ts';
import { launchFirefox } from './rig/firefox.ts';
import type { LaunchOptions, Rig } from './rig/types.ts';

/** Starts a browser with the extension in it. */
export function launch(kind: BrowserKind, options: LaunchOptions): Promise<Rig> {
  return kind === 'firefox' ? launchFirefox(options) : launchChromium(options);
}
