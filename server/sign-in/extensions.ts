import { createHash } from 'node:crypto';

/** Chromium's, by the key in the manifest, and Firefox's, as the manifest says it. */
export const EXTENSION_IDS: readonly string[] = ['agioebjiifimchggbdaofkjbeienkojl', 'truce@truce.example'];

/** The OpenID provider's name for the extension. */
export const CLIENT_ID = 'truce-extension';

/** Chromium's are 32 letters from a to p; every other is a Firefox add-on's. */
const isChromium = (id: string): boolean => /^[a-p]{32}$/.test(id);

/** Where browsers hand a sign-in back to the extension: `identity.getRedirectURL()`. */
export function redirectUris(ids: readonly string[]): string[] {
  return ids.map((id) =>
    isChromium(id)
      ? `https://${id}.chromiumapp.org/`
      : `https://${createHash('sha1').update(id).digest('hex')}.extensions.allizom.org/`,
  );
}

/** Whether a page at this origin may be the extension's. Firefox gives each installation an origin of its own. */
export function isExtensionOrigin(origin: string, ids: readonly string[]): boolean {
  if (/^moz-extension:\/\/[0-9a-f-]{36}$/.test(origin)) return ids.some((id) => !isChromium(id));
  return ids.some((id) => isChromium(id) && origin === `chrome-extension://${id}`);
}
