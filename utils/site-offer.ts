import { browser } from 'wxt/browser';
import { originPattern } from './server-address.ts';

/**
 * The site of a page that Truce has no standing permission for, as an address to ask permission for;
 * undefined for pages that no permission opens (the browser's own) or that are open already.
 */
export async function hostToOffer(url: string | undefined): Promise<string | undefined> {
  const parsed = url === undefined ? null : URL.parse(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return undefined;
  const origin = originPattern(parsed.origin);
  if (origin === undefined || (await browser.permissions.contains({ origins: [origin] }))) return undefined;
  return parsed.origin;
}
