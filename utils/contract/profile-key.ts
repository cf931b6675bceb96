import { linkedinKey, xKey } from './match-key.ts';
import { profileKey } from './network-key.ts';

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

/** `@ann@mastodon.example`. */
const FEDIVERSE = /^@([\w.-]+)@([\w-]+(?:\.[\w-]+)+)$/;

/** A profile on any network as people type it and CRMs store it: its address, with or without a scheme, or a handle. */
export function typedProfileKey(typed: string): string | undefined {
  const text = typed.trim();
  if (text.length > 2000 || /\s/.test(text)) return undefined;
  const link = text.replace(FEDIVERSE, 'https://$2/@$1').replace(/^(?!https?:|@)(?:\/\/)?/i, 'https://');
  const key = typedLinkedinKey(link) ?? typedXKey(link) ?? profileKey(link);
  return key !== undefined && key.length <= PROFILE_KEY_MAX ? key : undefined;
}

export const PROFILE_KINDS = ['linkedin', 'x', 'github', 'profile'] as const;
export type ProfileKind = (typeof PROFILE_KINDS)[number];

/** Networks give out shorter ones; PostgreSQL would not index one that is much longer. */
export const PROFILE_KEY_MAX = 210;

const START: Record<ProfileKind, string> = {
  linkedin: 'https://www.linkedin.com/',
  x: 'https://x.com/',
  github: 'https://github.com/',
  profile: 'https://',
};

const isKind = (kind: string): kind is ProfileKind => (PROFILE_KINDS as readonly string[]).includes(kind);

/** Kind and value of a profile's match key; undefined when it is none, or not in its normal form. */
export function splitProfileKey(key: string): { kind: ProfileKind; value: string } | undefined {
  const link = profileLink(key);
  if (link === undefined || profileKey(link) !== key || typedProfileKey(link) !== key) return undefined;
  const [kind = '', value = ''] = cutKey(key);
  return isKind(kind) ? { kind, value } : undefined;
}

/** Where a profile's match key leads to; undefined for any other key. */
export function profileLink(key: string): string | undefined {
  const [kind = '', value = ''] = cutKey(key);
  return isKind(kind) && value !== '' ? START[kind] + value : undefined;
}

const cutKey = (key: string): [string, string] => {
  const at = key.indexOf(':');
  return [key.slice(0, Math.max(at, 0)), key.slice(at + 1)];
};
