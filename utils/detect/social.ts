import { profileKey } from '../contract/network-key.ts';
import type { Recipe, SiteView } from '../contract/recipe.ts';
import { type Person, readPeople } from './person.ts';
import { type Placed, place, type Reading } from './recipe.ts';
import { firstMatch } from './select.ts';
import type { Role, Why } from './types.ts';

type Test = (element: Element) => boolean;

/** So many places are measured for one report; what is asked beyond them counts as out of view. */
const MEASURED_MAX = 400;

/** Whether an element is within the window, as it is scrolled now. Each is measured once. */
export function inViewOf({ defaultView: view }: Document): Test {
  const known = new Map<Element, boolean>();
  return (element) => {
    let inside = known.get(element);
    if (inside === undefined) {
      if (!view || known.size >= MEASURED_MAX) return false;
      const { top, right, bottom, left } = element.getBoundingClientRect();
      inside = bottom > 0 && right > 0 && top < view.innerHeight && left < view.innerWidth;
      known.set(element, inside);
    }
    return inside;
  };
}

/** A name without what networks write behind it: `Ann Lee 🚀 • 2nd` → `Ann Lee`. */
const tidy = (name: string) =>
  name.replace(/\s*[•·|].*$|(?:\p{Extended_Pictographic}|\p{RI}|\ufe0f|\u200d)+/gsu, '').trim();

function tidied(people: Person[]): Person[] {
  for (const one of people) if (one.name !== undefined) one.name = tidy(one.name) || one.name;
  return people;
}

/** Links of the profile to its owner's others, which say so themselves. */
const othersIn = (element: Element): string[] =>
  [...element.querySelectorAll<HTMLAnchorElement>('a[rel~="me"]')]
    .slice(0, 20)
    .flatMap(({ href }) => profileKey(String(href)) ?? []);

/**
 * Who is who on a social site: whose profile it is, and the other side of an open conversation, are in focus; who
 * wrote what is in view, and who is listed there, are not, but for the one whose post the page's address names. The user's `own` profile is nobody: on its page, `mine` is
 * where it stands.
 */
export function* readSocial(
  doc: Document,
  url: string,
  recipe: Recipe,
  own: ReadonlySet<string>,
  visible: Test,
  inView: Test,
): Generator<undefined, Reading & { owner?: Person; mine?: Element }> {
  const found = new Set<SiteView>();
  const others = ({ keys }: Person) => !keys.some((key) => own.has(key));
  function* read(view: SiteView, list: Recipe['author'], wanted: Test): Generator<undefined, Person[]> {
    // What has scrolled out of view was found all the same.
    if (yield* firstMatch(doc, list, visible)) found.add(view);
    return tidied(yield* readPeople(doc, list, wanted)).filter(others);
  }
  const seen: Test = (element) => inView(element) && visible(element);
  const key = profileKey(url);
  const [owner] = key === undefined ? [] : yield* read('profile', recipe.profile, visible);
  const mine =
    key !== undefined && own.has(key) && (yield* firstMatch(doc, recipe.profile, visible))?.elements[0];
  if (owner) owner.keys = [...new Set([...owner.keys, ...othersIn(owner.element)])];
  const poster = profileKey(url.replace(/\/status\/.*/s, '').replace(/\/posts\/([^_/?#]+)_.*/s, '/in/$1'));
  const placed: Placed[] = [];
  const talk = yield* read('talk', recipe.talk, visible);
  const single = new Set(talk.map(({ keys, name }) => keys[0] ?? name)).size === 1;
  const put = (people: Person[], ...rest: [role: Role, why: Why, focus?: boolean]) => {
    // Without a profile it is a company's page, or a group.
    for (const one of people) if (one.keys.length > 0) placed.push(...place(one, ...rest));
  };
  put(talk, 'sender', 'header', single);
  for (const one of yield* read('posts', recipe.author, seen))
    put([one], 'author', 'header', one.keys[0] === poster);
  put(yield* read('list', recipe.listed, seen), 'mentioned', 'list');
  // Below a profile's first page there is its owner's name at most.
  const deep = (url.split(/[?#]/)[0] ?? '').split('/').filter(Boolean).length > 4;
  if (key !== undefined && deep) found.add('profile');
  return { placed, found, ...(owner && { owner }), ...(mine && { mine }) };
}
