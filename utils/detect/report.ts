import type { Recipe } from '../contract/recipe.ts';
import { NOBODY, whoIsAbout } from './about.ts';
import { placeByLabels, placeOf } from './by-labels.ts';
import { judge, missesMessage } from './expects.ts';
import { measured } from './in-view.ts';
import type { Mark, Marks } from './marks.ts';
import { ownAddresses } from './own.ts';
import { profileOf } from './profile.ts';
import { join, type Placed, readByRecipe } from './recipe.ts';
import { leftOut } from './select.ts';
import { Sight } from './sight.ts';
import { readSocial } from './social.ts';
import { type PageReport, roleOrder, type Sighting } from './types.ts';

const SIGHTINGS_MAX = 2500;
/** Of one sighting: as `message-schemas.ts` takes it. */
const KEYS_MAX = 20;
const AT_MAX = 5;
const TEXT_MAX = 1000;
/** Marks that are gone through between two pauses. */
const STEP = 100;
/** What is being written is nobody's yet. */
const DRAFT = '[contenteditable]:not([contenteditable="false"]),[role="textbox"]';
function better(a: Sighting, b: Placed): boolean {
  return b.focus !== a.focus ? b.focus : roleOrder(b.role) < roleOrder(a.role);
}

/** What stands around an address may be somebody else's name. */
const isGuess = ({ why }: Placed): boolean => why === 'text' || why === 'attribute';

/**
 * One sighting per key: the best role and focus, and a name from wherever there is one. The first `sure` ones come
 * from a recipe, which says who is who: whom it leaves without a name has none in the text around either.
 */
function* merge(
  placed: Placed[],
  lists: ReadonlySet<string>,
  sure: number,
): Generator<undefined, Map<string, Sighting>> {
  const byKey = new Map<string, Sighting>();
  const told = new Set(placed.slice(0, sure).flatMap(({ key, why }) => (why === 'header' ? key : [])));
  const same = new Map(placed.flatMap(({ key, also = [] }) => also.map((other) => [other, key])));
  let n = 0;
  for (const mark of placed) {
    if (++n % STEP === 0) yield;
    const { address, role, focus, why, also = [], at } = mark;
    const key = same.get(mark.key) ?? (mark.key || `${mark.name}|${at?.[0]}`);
    const name = lists.has(key) || (isGuess(mark) && told.has(key)) ? undefined : mark.name;
    const there = byKey.get(key);
    if (there && !better(there, mark)) {
      if (there.name === undefined && name !== undefined) there.name = name;
      continue;
    }
    const called = name ?? there?.name;
    const keys = there?.keys ?? (mark.key ? [key, ...also] : []);
    const sighting: Sighting = { keys, role, focus, why };
    const reached = address ?? there?.address;
    if (reached !== undefined) sighting.address = reached;
    const company = at ?? there?.at;
    if (company !== undefined) sighting.at = company;
    if (called !== undefined && called !== '') sighting.name = called;
    byKey.set(key, sighting);
  }
  return byKey;
}

/**
 * Whether a frame holds a message's text: it has no address of its own, or may run nothing. Whatever such a frame says
 * of senders, a stranger wrote it.
 */
function isBody({ defaultView: view, URL: url }: Document): boolean {
  if (view === null || view === view.parent) return false;
  if (!/^(?:https?|file):/.test(url)) return true;
  const sandbox = view.frameElement?.getAttribute('sandbox');
  return typeof sandbox === 'string' && !/\ballow-scripts\b/.test(sandbox);
}

/** What is to be seen of a page now. Whoever asks it of one mark after the other may pause in between. */
export function sightOf(doc: Document, recipe: Recipe | undefined): Sight {
  return new Sight(doc, DRAFT, join(recipe?.ignore));
}

/** What a frame shows, from the marks read in it so far. Yields now and then. */
export function* compileReport(
  doc: Document,
  url: string,
  recipe: Recipe | undefined,
  marks: Marks,
  sight = sightOf(doc, recipe),
  inView = recipe?.kind === 'social' ? measured(doc) : undefined,
): Generator<undefined, PageReport> {
  const visible = (element: Element) => sight.shows(element);
  if (recipe && isBare(recipe)) return ofNetwork(recipe, profileOf(doc, url, visible));
  const own = yield* ownAddresses(doc, recipe, marks);
  const shown: Mark[] = [];
  let n = 0;
  for (const list of marks.byNode.values()) {
    if (++n % STEP === 0) yield;
    for (const mark of list) {
      if (own.has(mark.address ?? mark.key)) continue;
      if (inView && (mark.machine || !inView(mark.element))) continue;
      if (mark.machine || sight.gives(mark.element)) shown.push(mark);
    }
  }
  const body = isBody(doc);
  const social = recipe && inView ? yield* readSocial(doc, url, recipe, own, visible, inView) : undefined;
  const reading =
    social ?? (recipe && !body ? yield* readByRecipe(doc, recipe, own, visible, shown) : undefined);
  const lost = reading !== undefined && missesMessage(recipe, url, reading.found);
  const known = recipe !== undefined;
  const apart = social?.mine ? shown.filter(({ element }) => !social.mine?.contains(element)) : shown;
  const told = body || (reading !== undefined && reading.found.size > 0 && !lost);
  const others = told ? apart.map(placeOf) : yield* placeByLabels(apart, own, known);
  yield;
  const profile = reading?.found.has('message') ? undefined : profileOf(doc, url, visible, social?.owner);
  const found = reading?.placed ?? [];
  const page = { doc, visible, body, profile: profile !== undefined, known, lost };
  // Nor is a recipe to blame for what was not looked at.
  const blind = sight.spent || leftOut();
  const about = blind ? NOBODY : whoIsAbout(page, found, others);
  const placed = [...found, ...others].map((mark): Placed => {
    const focus = about.people.has(mark);
    return { ...mark, focus, role: focus ? (about.role ?? mark.role) : mark.role };
  });
  const lists = new Set(placed.filter(({ list }) => list).map(({ key }) => key));
  const byKey = yield* merge(placed, lists, found.length);
  yield;
  if (profile) addProfile(byKey, profile, CONTACT_INFO.test(url) ? shown : []);
  const sightings = [...byKey.values()].filter(
    ({ address = '', keys }) => ![address, ...keys].some((one) => own.has(one)),
  );
  const place = ({ focus, role }: Sighting) => (focus ? -1 : roleOrder(role));
  // Most pages only mention people: nothing to sort.
  if (sightings.some(({ role }) => role !== 'mentioned')) sightings.sort((a, b) => place(a) - place(b));
  return {
    ...(recipe && { site: recipe.id, version: recipe.version }),
    ...(blind
      ? { recipe: 'none' }
      : judge(doc, url, recipe, reading?.found ?? new Set(), [...shown, ...(social?.linked ?? [])])),
    sightings: sightings.slice(0, SIGHTINGS_MAX).map(bounded),
  };
}

/** Whether a recipe says no more than that the site is a social network. */
const isBare = ({ kind, profile }: Recipe): boolean => kind === 'social' && profile === undefined;

/** Of a network without a recipe only whose profile the address names. */
const ofNetwork = ({ id, version }: Recipe, profile: Sighting | undefined): PageReport => ({
  ...{ site: id, version, recipe: profile ? 'found' : 'none' },
  sightings: profile ? [bounded(profile)] : [],
});

/** What is longer is nobody's: the background would refuse the whole report, and go on showing the one before. */
function bounded({ keys, claims, name, at, ...rest }: Sighting): Sighting {
  const short = (all: string[]) => all.filter(({ length }) => length <= TEXT_MAX).slice(0, KEYS_MAX);
  return {
    keys: short(keys),
    ...(claims && { claims: short(claims) }),
    ...rest,
    ...(name !== undefined && { name: name.slice(0, TEXT_MAX) }),
    ...(at && { at: at.slice(0, AT_MAX).map((one) => one.slice(0, TEXT_MAX)) }),
  };
}

/** LinkedIn's dialog over a profile; any other one (a chat, a question about cookies) is about somebody else. */
const CONTACT_INFO = /\/overlay\/contact-info\b/;

/** `shown`: what may be in the dialog with the person's own addresses, which LinkedIn has checked. */
function addProfile(byKey: Map<string, Sighting>, profile: Sighting, shown: Mark[]): void {
  for (const mark of shown) {
    if (mark.why !== 'mailto' || profile.keys.includes(mark.key) || !mark.element.closest('[role="dialog"]'))
      continue;
    if (profile.address === undefined && mark.address !== undefined) profile.address = mark.address;
    profile.keys.push(mark.key);
    byKey.delete(mark.key);
  }
  const [key = ''] = profile.keys;
  const name = byKey.get(key)?.name;
  if (profile.name === undefined && name !== undefined) profile.name = name;
  for (const other of profile.keys) byKey.delete(other);
  byKey.set(key, profile);
}
