import { pageProfile } from '../contract/network-key.ts';
import { briefText } from './brief.ts';
import { cleanName } from './name.ts';
import type { Owner } from './social.ts';
import type { Sighting } from './types.ts';

const NETWORK =
  'LinkedIn|X|Twitter|Facebook|Instagram|Threads|YouTube|TikTok|XING|Medium|Reddit|Bluesky|Mastodon|Stack Overflow';
const NAMED = new RegExp(`^(.+?)\\s*(?:\\(@[\\w.@-]+\\).*|[|/–-]\\s*(?:${NETWORK})\\s*)$`, 'i');

/** `(3) Ann Lee | LinkedIn`, `Ann Lee (@annlee) / X`, `annlee (Ann Lee) · GitHub` → `Ann Lee`. */
function nameInTitle(title: string): string | undefined {
  const short = title.slice(0, 300).replace(/^\(\d+\+?\)\s*/, '');
  const name = /^\S+ \((.+)\) · GitHub$/.exec(short)?.[1] ?? NAMED.exec(short)?.[1];
  return name === undefined ? undefined : cleanName(name.replace(/^User /, '').split(/ [|–-] /)[0] ?? '');
}

function heading(doc: Document, visible: (element: Element) => boolean): string | undefined {
  const main = doc.querySelector('main h1') ?? doc.querySelector('h1');
  return main && visible(main) ? cleanName(briefText(main, 300)) : undefined;
}

/** The person whose profile the page's address names; `owner`: what a recipe has read of them. */
export function profileOf(
  doc: Document,
  url: string,
  visible: (element: Element) => boolean,
  owner?: Owner,
): Sighting | undefined {
  const page = pageProfile(url);
  if (!page) return undefined;
  const { key, claimed } = page;
  // Others' first headings may be the site's own; their titles hold the name. X's do so on a profile's first page.
  const titled = !key.startsWith('x') || /^\/[^/]+\/?$/.test(URL.parse(url)?.pathname ?? '');
  const name =
    owner?.name ??
    (key.startsWith('l') ? heading(doc, visible) : undefined) ??
    (titled ? nameInTitle(doc.title) : undefined);
  // An organisation's page has the same kind of address.
  if (!owner && name === undefined && key.startsWith('g')) return undefined;
  const { address, at, keys = [], claims = claimed ? [key] : [] } = owner ?? {};
  return {
    keys: claimed ? [] : [...new Set([key, ...keys])],
    ...(claims.length > 0 && { claims }),
    ...(address && { address }),
    ...(name && { name }),
    ...(at && { at }),
    role: 'profile',
    focus: true,
    why: 'profile-url',
  };
}
