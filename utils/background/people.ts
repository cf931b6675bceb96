import { normalName } from '../contract/match-key.ts';
import { isProfile, readableFirst, shownProfile } from '../contract/profiles.ts';
import type { Sighting } from '../detect/types.ts';
import { isGuess, type KnownPerson, type Stranger } from '../view.ts';
import { alternateKeys, nameKeys } from './guesses.ts';
import { isSure } from './merge.ts';

/** A sighting that the team knows, or seems to know. */
export interface Found {
  sighting: Sighting;
  /** The key that matched. */
  key: string;
  by: KnownPerson['by'];
  /** The page has another form of an address of theirs. */
  alternate?: true;
  /** Contacts with this key, the likeliest first; empty while it is not known who. */
  ids: string[];
  /** What is asked of the user, where nothing proves it. */
  guess?: Pick<KnownPerson, 'confirm' | 'marks'>;
}

export interface Index {
  /** Keys whose tag is in the set, or that a waiting new contact has. */
  known: ReadonlySet<string>;
  /** Contacts by key, as far as held. */
  ids: ReadonlyMap<string, string[]>;
  /** Keys that the server has been asked for: without ids, they were a tag's collision. */
  answered: (key: string) => boolean;
  /** Name of a held contact. */
  nameOf: (id: string) => string | undefined;
  /** Addresses of a held contact, in normal form. */
  addressesOf: (id: string) => readonly string[] | undefined;
  /** `<contact id> <mark>` of guesses that the user has said no to. */
  denied: ReadonlySet<string>;
  /** Host of the page. */
  host?: string | undefined;
  /** Keys of the team's own addresses. */
  own: ReadonlySet<string>;
}

/** Sorts what a page shows into people the team knows and strangers; the team's own are left out. */
export function findPeople(sightings: Sighting[], index: Index): { found: Found[]; strangers: Stranger[] } {
  const found: Found[] = [];
  const strangers: Stranger[] = [];
  const tests = testsOf(index);
  for (const sighting of sightings) {
    const alternates = alternateKeys(sighting);
    if ([...sighting.keys, ...alternates].some((key) => index.own.has(key))) continue;
    const sure =
      sighting.keys.find((key) => isSure(key) && tests.counts(key)) ?? alternates.find(tests.counts);
    if (sure !== undefined) {
      found.push({ sighting, key: sure, by: byOf(sure), ...whoHas(sure, sighting, index) });
    } else {
      found.push(...guessed(sighting, index, tests));
      strangers.push(...strangerOf(sighting));
    }
  }
  return { found: onePerContact(found), strangers };
}

/** Of those without an address only whom the page is about: a feed's authors are too many to be offered. */
function strangerOf({ address, keys, name, role, focus }: Sighting): Stranger[] {
  const rest = { ...(name !== undefined && { name }), role, focus };
  if (address !== undefined) return [{ address, ...rest }];
  const profile = focus && name !== undefined ? keys.find(isProfile) : undefined;
  return profile === undefined ? [] : [{ address: shownProfile(profile), profile, ...rest }];
}

type Known = Pick<Index, 'known' | 'ids' | 'answered'>;

interface Tests {
  /** Known, and no tag's collision. */
  counts: (key: string) => boolean;
  /** Any name is. */
  named: boolean;
}

const testsOf = ({ known, ids, answered }: Known): Tests => ({
  counts: (key) => known.has(key) && !(answered(key) && !ids.has(key)),
  named: [...known].some((key) => key.startsWith('name:')),
});

/** Keys that may be a sighting's and are known: first what its page claims, then names with a company. */
function guessesFor(sighting: Sighting, { counts, named }: Tests): { key: string; by: 'claim' | 'name' }[] {
  const { claims = [] } = sighting;
  return [
    ...claims.filter((key) => isSure(key) && counts(key)).map((key) => ({ key, by: 'claim' as const })),
    ...(named ? nameKeys(sighting) : []).filter(counts).map((key) => ({ key, by: 'name' as const })),
  ];
}

/** What a page tells somebody by: an address or a profile; of a name alone, where it stands. */
function marksOf({ keys, claims = [] }: Sighting, host = ''): string[] {
  const sure = keys.filter(isSure);
  return sure.length > 0 ? sure : [`${claims.join()}@${host}`];
}

/** `<contact id> <mark>` of all guesses that could be made: of which those are left out that are in `Index.denied`. */
export function guessesIn(sightings: Sighting[], index: Known & Pick<Index, 'host'>): string[] {
  const tests = testsOf(index);
  const all = sightings.flatMap((sighting) => {
    const ids = guessesFor(sighting, tests).flatMap(({ key }) => index.ids.get(key) ?? []);
    return ids.flatMap((id) => marksOf(sighting, index.host).map((mark) => `${id} ${mark}`));
  });
  return [...new Set(all)];
}

/** Whoever it may be, but nobody who it is not, as the user has said. */
function guessed(sighting: Sighting, index: Index, tests: Tests): Found[] {
  const marks = marksOf(sighting, index.host);
  const isDenied = (id: string) => marks.some((mark) => index.denied.has(`${id} ${mark}`));
  for (const { key, by } of guessesFor(sighting, tests)) {
    const all = index.ids.get(key) ?? [];
    const left = all.filter((id) => !isDenied(id));
    if (all.length > 0 && left.length === 0) continue;
    const profiles = readableFirst(sighting.keys.filter(isProfile));
    const guess = { marks, ...(profiles.length > 0 && { confirm: profiles }) };
    return [{ sighting, key, by, ids: likeliest(left, sighting, index), guess }];
  }
  return [];
}

const byOf = (key: string): KnownPerson['by'] => (key.startsWith('email:') ? 'address' : 'profile');

/** Whoever has the address itself; only where nobody has, those who have another form of it. */
function whoHas(key: string, sighting: Sighting, index: Index): Pick<Found, 'ids' | 'alternate'> {
  const all = index.ids.get(key) ?? [];
  if (!key.startsWith('email:')) return { ids: likeliest(all, sighting, index) };
  const written = sighting.keys.includes(key);
  const address = key.slice('email:'.length);
  const exact = all.filter((id) => written && (index.addressesOf(id)?.includes(address) ?? true));
  const alternate = exact.length === 0 && (all.length > 0 || !written);
  const ids = likeliest(alternate ? all : exact, sighting, index);
  return { ids, ...(alternate && { alternate }) };
}

/** Of several people with one address, whom the page names comes first. */
function likeliest(all: string[], { name }: Sighting, { nameOf }: Index): string[] {
  if (all.length < 2 || name === undefined) return all;
  const wanted = normalName(name);
  const fits = (id: string) => normalName(nameOf(id) ?? '') === wanted;
  return [...all].sort((a, b) => Number(fits(b)) - Number(fits(a)));
}

const sureness = (found: Found): number => (isGuess(found) ? 0 : found.alternate ? 1 : 2);

/** Whichever is surer, seen where the page is about them; a guess puts nobody there. */
function surer(before: Found, each: Found): Found {
  // Whom the page is about claims to be somebody whom it only links to or names.
  const claim = [before, each].find(({ by, sighting }) => by === 'claim' && sighting.focus);
  const linked = claim === before ? each : before;
  if (claim && claim.key === linked.key && !linked.sighting.focus) return claim;
  const [one, other] = sureness(each) > sureness(before) ? [each, before] : [before, each];
  const moves = !isGuess(other) && other.sighting.focus && !one.sighting.focus;
  return moves ? { ...one, sighting: other.sighting } : one;
}

/** The same contact under two keys (an address and a profile, an address and a name) is one person. */
function onePerContact(found: Found[]): Found[] {
  const byId = new Map<string, Found>();
  const kept: Found[] = [];
  for (const each of found) {
    const id = each.ids[0] ?? each.key;
    const before = byId.get(id);
    const one = before ? surer(before, each) : each;
    if (before) kept[kept.indexOf(before)] = one;
    else kept.push(one);
    byId.set(id, one);
  }
  return kept;
}
