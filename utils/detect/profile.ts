import { profileKey } from '../contract/network-key.ts';
import { cleanName } from './name.ts';
import type { Person } from './person.ts';
import type { Sighting } from './types.ts';

/** `(3) Ann Lee | LinkedIn`, `Ann Lee (@annlee) / X`, `annlee (Ann Lee) · GitHub` → `Ann Lee`. */
function nameInTitle(title: string): string | undefined {
  const short = title.slice(0, 300).replace(/^\(\d+\+?\)\s*/, '');
  const name =
    /^\S+ \((.+)\) · GitHub$/.exec(short)?.[1] ??
    /^(.+?)\s*(?:\(@[\w.@-]+\).*|[|/–-]\s*(?:LinkedIn|X|Twitter)\s*)$/i.exec(short)?.[1];
  return name === undefined ? undefined : cleanName(name.split(/ [|–-] /)[0] ?? '');
}

function heading(doc: Document, visible: (element: Element) => boolean): string | undefined {
  const main = doc.querySelector('main h1') ?? doc.querySelector('h1');
  return main && visible(main) ? cleanName(main.textContent ?? '') : undefined;
}

/** The person whose profile the page's address names; `owner`: what a recipe has read of them. */
export function profileOf(
  doc: Document,
  url: string,
  visible: (element: Element) => boolean,
  owner?: Person,
): Sighting | undefined {
  const key = profileKey(url);
  if (key === undefined) return undefined;
  // Others' first headings may be the site's own; their titles hold the name.
  const name =
    owner?.name ?? (key.startsWith('l') ? heading(doc, visible) : undefined) ?? nameInTitle(doc.title);
  // An organisation's page has the same kind of address.
  if (!owner && name === undefined && key.startsWith('g')) return undefined;
  const { address, at, keys = [] } = owner ?? {};
  return {
    keys: [...new Set([key, ...keys])],
    ...(address && { address }),
    ...(name && { name }),
    ...(at && { at }),
    role: 'profile',
    focus: true,
    why: 'profile-url',
  };
}
