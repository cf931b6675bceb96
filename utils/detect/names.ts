import { briefText } from './brief.ts';
import { rootOf } from './marks.ts';
import { isPersonName } from './name.ts';
import type { Named } from './types.ts';
import { isVast } from './walk.ts';

/** Where a page names people: headings, links, and what says who wrote something. One by one: all at once take long. */
const PLACES = [
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'address', 'figcaption', 'dt', 'th'],
  ...['[rel~="author"]', '[itemprop~="author"]', '[itemprop~="name"]'],
  ...['[class*="byline" i]', '[class*="author" i]'],
  'a',
];
const PLACES_MAX = 4000;
const NAMES_MAX = 200;
const AT_MAX = 3;
/** A company's name stands behind a person's within so many characters. */
const REACH = 160;
/** And so many nodes. */
const BEHIND_MAX = 40;

/** A first name alone is nobody's; names in scripts without spaces are short. */
const WHOLE = /\s|^\p{Lo}{2,6}$/u;
const BY = /^(?:written\s+)?(?:by|von|par|por|di|door|av|af)\s+/i;
/** Ends a name. */
const END = /[,;|·•–—()[\]\n]|\s-\s/;

/** What stands behind an element in its block. */
function textBehind(element: Element): string {
  let text = '';
  let at: Element | null = element;
  for (let n = 0; at && n < 3 && text.trim() === ''; n++) {
    let next: Node | null = at.nextSibling;
    for (let m = 0; next && text.length < REACH && m < BEHIND_MAX; m++, next = next.nextSibling) {
      // A heading or a list entry after it is about somebody else.
      if (next.nodeType === 1 && /^(?:H[1-6]|LI|TR|SCRIPT|STYLE)$/.test((next as Element).tagName)) break;
      if (next.nodeType === 1 || next.nodeType === 3) text += `${briefText(next, REACH)}\n`;
    }
    at = at.parentElement;
  }
  return text;
}

/** Kind by kind, links last; undefined for a pause. */
function* placesOn(doc: Document): Generator<Element | undefined> {
  for (const kind of PLACES) {
    const found = doc.querySelectorAll(kind);
    yield;
    yield* found;
    yield;
  }
}

/**
 * Names of people in headings, links and bylines, each with the text behind it, in which its company may stand, and
 * what the site calls itself. Nobody knows yet whether they are anybody's: they are tested in the browser and shown only when
 * known. Yields often.
 */
export function* namesOn(doc: Document): Generator<undefined, Named[]> {
  const root = rootOf(doc);
  // To look for them, the browser would go through all of it.
  if (!root || isVast(root)) return [];
  const site = doc.head?.querySelector('meta[property="og:site_name"]')?.getAttribute('content')?.trim();
  const byName = new Map<string, Named>();
  let n = 0;
  for (const element of placesOn(doc)) {
    if (n > PLACES_MAX || byName.size === NAMES_MAX) break;
    if (!element || ++n % 10 === 0) yield;
    if (!element || element.children.item(8)) continue;
    const text = briefText(element, 200).trim().replace(BY, '');
    const end = text.search(END);
    const name = (end === -1 ? text : text.slice(0, end)).trim();
    if (!WHOLE.test(name) || !isPersonName(name)) continue;
    // What follows takes longer than all else: the page may be laid out for it.
    yield;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const rest = text.slice(name.length);
    const behind = (/\p{L}/u.test(rest) ? rest : textBehind(element)).slice(0, REACH);
    const near = /\p{Lu}|\p{Lo}/u.test(behind) ? [behind.replace(/^[^\p{L}\d]+|[^\p{L}\d.]+$/gu, '')] : [];
    const at = [...near, ...(byName.get(name)?.at ?? (site ? [site.slice(0, 80)] : []))];
    byName.set(name, { name, at: [...new Set(at)].slice(0, AT_MAX) });
  }
  return [...byName.values()];
}
