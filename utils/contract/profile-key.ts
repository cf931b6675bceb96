import { linkedinKey, xKey } from './match-key.ts';

/** Host of any country, of the mobile sites, and none of the scheme. */
const LINKEDIN =
  /^(?:(?:https?:)?\/\/)?(?:[a-z]+\.){0,2}linkedin\.com\/(?:m\/|mwlite\/)?(?=(?:in|pub|sales)\/)/i;
const PUB = /^pub\/([^/?#\s]+)\/([\da-f]+)\/([\da-f]{1,3})\/([\da-f]{1,3})(?![^/?#])/i;

/**
 * A LinkedIn profile as people type it and CRMs store it: what pages write, and without a scheme, encoded twice, or as
 * `/pub/ann-lee/a7/576/b50`, which LinkedIn itself leads on to `/in/ann-lee-b50576a7`.
 */
export function typedLinkedinKey(typed: string): string | undefined {
  if (typed.length > 2000) return undefined;
  const path = typed
    .trim()
    .replace(/%(?:25)+(?=[\da-f]{2})/gi, '%')
    .replace(LINKEDIN, '');
  const [, slug, a, b, c] = PUB.exec(path) ?? [];
  if (a === undefined || b === undefined || c === undefined) return linkedinKey(path);
  return linkedinKey(`in/${slug}-${c.padStart(3, '0')}${b.padStart(3, '0')}${a}`);
}

const X = /^(?:(?:https?:)?\/\/)?(?:(?:www|m|mobile)\.)?(?:x|twitter)\.com\/(?:#!\/)?@?/i;
const INTENT = /^intent\/(?:user|follow)\/?\?(?:[^#]*&)?screen_name=(\w+).*$/is;

/** An X profile as people type it and CRMs store it: without a scheme, `/@annlee`, `/#!/annlee`, `intent/user?…`. */
export function typedXKey(typed: string): string | undefined {
  if (typed.length > 2000) return undefined;
  const text = typed.trim();
  const path = text.replace(X, '');
  return xKey(path === text ? text : `//x.com/${path.replace(INTENT, '$1')}`);
}
