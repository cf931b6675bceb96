import browser from 'webextension-polyfill';
import type { Auth } from '../auth/auth.ts';
import type { Shelf } from '../auth/shelf.ts';
import { SignIn } from '../auth/sign-in.ts';
import type { Replica } from '../replica/replica.ts';
import type { Sync } from '../sync/sync.ts';
import { webLink } from '../web-link.ts';

/** What the browser keeps until it is closed, and never on disk. */
export const sessionShelf: Shelf = {
  get: async (name) => (await browser.storage.session.get(name))[name],
  set: (name, value) => browser.storage.session.set({ [name]: value }),
  remove: (name) => browser.storage.session.remove(name),
};

/** A call to the browser keeps it from ending an idle background. */
export function stayAwake(): void {
  void browser.runtime.getPlatformInfo();
}

interface Parts {
  replica: Replica;
  auth: Auth;
  sync: Sync;
  onChange: () => void;
  onSignedIn: () => void;
}

/** Sign-in with this browser's own window, tabs and name. */
export function startSignIn({ replica, auth, sync, onChange, onSignedIn }: Parts): SignIn {
  // Not in every browser: without it there is the code.
  const { identity } = browser as { identity?: typeof browser.identity };
  return new SignIn({
    ...{ replica, auth, onChange, stayAwake, browserName },
    openWindow: identity && ((url) => identity.launchWebAuthFlow({ url, interactive: true })),
    redirect: () => identity?.getRedirectURL(),
    async openTab(link) {
      const url = webLink(link);
      if (url !== undefined) await browser.tabs.create({ url });
    },
    async done(server, tokens, key) {
      await sync.change(() => auth.adopt(server, tokens, key));
      onSignedIn();
    },
  });
}

const SYSTEMS: Record<string, string> = {
  mac: 'macOS',
  win: 'Windows',
  linux: 'Linux',
  cros: 'ChromeOS',
  openbsd: 'OpenBSD',
  android: 'Android',
};
const BRANDS = [
  [/Firefox\//, 'Firefox'],
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Vivaldi\//, 'Vivaldi'],
  [/Chrome\//, 'Chrome'],
] as const;

/** As the team's list of browsers names it: `Firefox, Linux`. */
async function browserName(): Promise<string> {
  const { os } = await browser.runtime.getPlatformInfo();
  const brand = BRANDS.find(([mark]) => mark.test(navigator.userAgent))?.[1];
  return [brand, SYSTEMS[os] ?? os].filter(Boolean).join(', ');
}
