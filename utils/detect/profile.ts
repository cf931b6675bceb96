import { linkedinKey, xKey } from '../contract/match-key.ts';
import { cleanName } from './name.ts';
import type { Sighting } from './types.ts';

/** `(3) Ann Lee | LinkedIn`, `Ann Lee (@annlee) / X` → `Ann Lee`. */
function nameInTitle(title: string): string | undefined {
  const name = /^(?:\(\d+\+?\)\s*)?(.+?)\s*(?:\(@\w+\).*|[|/–-]\s*(?:LinkedIn|X|Twitter)\s*)$/i.exec(
    title.slice(0, 300),
  )?.[1];
  return name === undefined ? undefined : cleanName(name.split(/ [|–-] /)[0] ?? '');
}

function heading(doc: Document, visible: (element: Element) => boolean): string | undefined {
  const main = doc.querySelector('main h1') ?? doc.querySelector('h1');
  return main && visible(main) ? cleanName(main.textContent ?? '') : undefined;
}

/** The person whose profile the page's address names: LinkedIn and X. */
export function profileOf(
  doc: Document,
  url: string,
  visible: (element: Element) => boolean,
): Sighting | undefined {
  const key = linkedinKey(url) ?? xKey(url);
  if (key === undefined) return undefined;
  // X's first heading is the site's own; its title holds the name.
  const name = (key.startsWith('l') ? heading(doc, visible) : undefined) ?? nameInTitle(doc.title);
  return { keys: [key], ...(name && { name }), role: 'profile', focus: true, why: 'profile-url' };
}
