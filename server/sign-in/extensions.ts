import { createHash } from 'node:crypto';

/** As Firefox's manifest says it. */
const FIREFOX_ID = 'truce@truce.example';

/** The OpenID provider's name for the extension. */
export const CLIENT_ID = 'truce-extension';

/** Which extensions are ours. */
export interface Extensions {
  /** Of Chromium builds. */
  extensionIds: readonly string[];
  origins: { isOurs(origin: string): boolean };
}

/** Where browsers hand a sign-in back to the extension: `identity.getRedirectURL()`. */
export function redirectUris({ extensionIds }: Pick<Extensions, 'extensionIds'>): string[] {
  const firefox = createHash('sha1').update(FIREFOX_ID).digest('hex');
  return [
    ...extensionIds.map((id) => `https://${id}.chromiumapp.org/`),
    `https://${firefox}.extensions.allizom.org/`,
  ];
}
