import { pageProfile, profileKey } from '../contract/network-key.ts';
import type { PersonMark, Recipe, SiteView } from '../contract/recipe.ts';
import { claimsIn } from './claims.ts';
import { readMembers, tidy } from './members.ts';
import { type Person, readPeople, readPerson } from './person.ts';
import { type Placed, place, type Reading } from './recipe.ts';
import { firstMatch } from './select.ts';
import type { Role, Sighting, Why } from './types.ts';

type Test = (element: Element) => boolean;

function tidied(people: Person[]): Person[] {
  for (const one of people) if (one.name !== undefined) one.name = tidy(one.name) || one.name;
  return people;
}

/**
 * Who is who on a social site: whose profile it is, and the other side of an open conversation, are in focus; who
 * wrote what is in view, and who is listed there, are not, but for the one whose post the page's address names. The
 * user's `own` profile is nobody: on its page, `mine` is where it stands. Where nothing is found that should be there,
 * whoever is linked to in view (`linked`) is mentioned at least.
 */
export function* readSocial(
  doc: Document,
  url: string,
  recipe: Recipe,
  own: ReadonlySet<string>,
  visible: Test,
  inView: Test,
): Generator<undefined, SocialReading> {
  const found = new Set<SiteView>();
  const others = ({ keys }: Person) => !keys.some((key) => own.has(key));
  function* read(view: SiteView, list: Recipe['author'], wanted: Test): Generator<undefined, Person[]> {
    // What has scrolled out of view was found all the same.
    if (yield* firstMatch(doc, list, visible)) found.add(view);
    return tidied(yield* readPeople(doc, list, wanted)).filter(others);
  }
  const seen: Test = (element) => inView(element) && visible(element);
  const page = pageProfile(url);
  const at = page && (yield* firstMatch(doc, recipe.profile, visible));
  const [whole] = at?.elements ?? [];
  if (whole) found.add('profile');
  const owner = at && whole && !page.claimed ? ownerAt(whole, at.entry, page.key) : undefined;
  const mine = page && own.has(page.key) ? whole : undefined;
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
  const members = tidied(yield* readMembers(doc, url, recipe, found, seen)).filter(others);
  const linked = members.flatMap((one) => place(one, 'mentioned', 'profile-url'));
  placed.push(...linked);
  return { placed, found, linked, ...(owner && others(owner) && { owner }), ...(mine && { mine }) };
}

export interface SocialReading extends Reading {
  owner?: Owner;
  mine?: Element;
  linked: Placed[];
}

/** Whose profile a page shows. */
export type Owner = Person & Pick<Sighting, 'claims'>;

function ownerAt(whole: Element, entry: PersonMark, key: string): Owner | undefined {
  const [owner] = tidied(readPerson(whole, entry));
  if (!owner) return undefined;
  const claims = claimsIn(whole, entry, [key, ...owner.keys]);
  return { ...owner, ...(claims.length > 0 && { claims }) };
}
