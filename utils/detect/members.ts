import { pageProfile } from '../contract/network-key.ts';
import type { Recipe, SiteView } from '../contract/recipe.ts';
import { covers } from '../contract/recipe-host.ts';
import { briefText } from './brief.ts';
import { expectedViews } from './expects.ts';
import { cleanName, isPersonName } from './name.ts';
import type { Person } from './person.ts';
import { select } from './select.ts';

/** Links looked at, and people taken of them. */
const LINKS_MAX = 5000;
const TAKEN_MAX = 500;
/** Of them, between two pauses. */
const STEP = 20;
/** What people wrote stands in here, beside it only where the site leads to and whom it suggests. */
const LINKS = ':is(main,[role="main"]) a[href]';
const BESIDE =
  'nav,aside,footer,[role="navigation"],[role="complementary"],[role="contentinfo"],[role="textbox"],[contenteditable=""],[contenteditable="true"]';

/** A link to a member of the network that the page is of. */
interface MemberLink {
  element: Element;
  key: string;
}

/**
 * The links to members on a page on which the recipe expects people, whatever its markup has become; undefined for a
 * pause. Whose repositories a page of GitHub is about may be an organisation, and is left out.
 */
export function* memberLinks(doc: Document, url: string, recipe: Recipe): Generator<MemberLink | undefined> {
  if (expectedViews(recipe, url).length === 0) return;
  const page = URL.parse(url);
  const base = URL.parse('/', doc.baseURI)?.href;
  const owner = `github:${/^\/(?:orgs\/)?([^/]+)\/./.exec(page?.pathname ?? '')?.[1]?.toLowerCase()}`;
  const links = select(doc, LINKS);
  yield;
  for (let n = 0; n < links.length && n < LINKS_MAX; n++) {
    if (n % STEP === STEP - 1) yield;
    const element = links[n];
    const link = URL.parse(element?.getAttribute('href') ?? '', base);
    if (!element || !link || !recipe.hosts.some((one) => covers(one, link.hostname))) continue;
    const { key, claimed } = pageProfile(link.href) ?? {};
    if (key === undefined || claimed || key === owner || element.closest(BESIDE)) continue;
    yield { element, key };
  }
}

/** A name without what networks write behind it: `Ann Lee 🚀 • 2nd` → `Ann Lee`. */
export const tidy = (name: string): string =>
  name.replace(/\s*[•·|].*$|(?:\p{Extended_Pictographic}|\p{RI}|\ufe0f|\u200d)+/gsu, '').trim();

/** `Ann LeeAnn Lee`: once for those who see it, once for those who hear it. */
function nameOf(element: Element): string | undefined {
  const text = tidy(briefText(element, 200).replace(/\s+/g, ' '));
  const half = text.slice(0, text.length / 2).trim();
  const name = text === `${half} ${half}` || text === half + half ? half : text;
  return isPersonName(name) ? cleanName(name) : undefined;
}

/** Who is linked to and `wanted` on a page that shows nothing that the recipe expects there: in no role, and in no focus. */
export function* readMembers(
  doc: Document,
  url: string,
  recipe: Recipe,
  found: ReadonlySet<SiteView>,
  wanted: (element: Element) => boolean,
): Generator<undefined, Person[]> {
  const people: Person[] = [];
  if (expectedViews(recipe, url).some((view) => found.has(view))) return people;
  for (const link of memberLinks(doc, url, recipe)) {
    if (people.length >= TAKEN_MAX) break;
    if (!link) yield;
    else if (wanted(link.element)) {
      const name = nameOf(link.element);
      people.push({ element: link.element, keys: [link.key], ...(name && { name }) });
    }
  }
  return people;
}
