import { normalName } from '../contract/match-key.ts';
import { isProfile, shownProfile } from '../contract/profiles.ts';
import type { Sighting } from '../detect/types.ts';
import type { KnownPerson, Stranger } from '../view.ts';
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
  /** By name: the profile that the page shows them by, which a click makes theirs. */
  confirm?: string;
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
  /** `<contact id> <match key>` of profiles that somebody here has said are not theirs. */
  denied: ReadonlySet<string>;
  /** Keys of the team's own addresses. */
  own: ReadonlySet<string>;
}

/** Sorts what a page shows into people the team knows and strangers; the team's own are left out. */
export function findPeople(sightings: Sighting[], index: Index): { found: Found[]; strangers: Stranger[] } {
  const found: Found[] = [];
  const strangers: Stranger[] = [];
  const named = [...index.known].some((key) => key.startsWith('name:'));
  for (const sighting of sightings) {
    const alternates = alternateKeys(sighting);
    if ([...sighting.keys, ...alternates].some((key) => index.own.has(key))) continue;
    const counts = (key: string) => index.known.has(key) && !(index.answered(key) && !index.ids.has(key));
    const sure = sighting.keys.find((key) => isSure(key) && counts(key)) ?? alternates.find(counts);
    const key = sure ?? (named ? nameKeys(sighting).find(counts) : undefined);
    if (sure !== undefined) {
      found.push({ sighting, key: sure, by: byOf(sure), ...whoHas(sure, sighting, index) });
    } else if (key !== undefined) found.push(...guessed(key, sighting, index));
    if (sure === undefined) strangers.push(...strangerOf(sighting));
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

/** By name alone: nobody whose this profile is not, as somebody has said. */
function guessed(key: string, sighting: Sighting, index: Index): Found[] {
  const profiles = sighting.keys.filter(isProfile);
  const isDenied = (id: string) => profiles.some((profile) => index.denied.has(`${id} ${profile}`));
  const all = index.ids.get(key) ?? [];
  const ids = likeliest(
    all.filter((id) => !isDenied(id)),
    sighting,
    index,
  );
  if (all.length > 0 && ids.length === 0) return [];
  const [confirm] = profiles;
  return [{ sighting, key, by: 'name', ids, ...(confirm !== undefined && { confirm }) }];
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

const sureness = ({ by, alternate }: Found): number => (by === 'name' ? 0 : alternate ? 1 : 2);

/** Whichever is surer, seen where the page is about them; a name alone puts nobody there. */
function surer(before: Found, each: Found): Found {
  const [one, other] = sureness(each) > sureness(before) ? [each, before] : [before, each];
  const moves = other.by !== 'name' && other.sighting.focus && !one.sighting.focus;
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
