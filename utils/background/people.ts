import { normalName } from '../contract/match-key.ts';
import type { Sighting } from '../detect/types.ts';
import type { KnownPerson, Stranger } from '../view.ts';
import { isSure } from './merge.ts';

/** A sighting that the team knows, or seems to know. */
export interface Found {
  sighting: Sighting;
  /** The key that matched. */
  key: string;
  by: KnownPerson['by'];
  /** Contacts with this key, the likeliest first; empty while it is not known who. */
  ids: string[];
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
  /** The team's own addresses. */
  own: ReadonlySet<string>;
}

/** Sorts what a page shows into people the team knows and strangers; the team's own are left out. */
export function findPeople(sightings: Sighting[], index: Index): { found: Found[]; strangers: Stranger[] } {
  const found: Found[] = [];
  const strangers: Stranger[] = [];
  for (const sighting of sightings) {
    if (sighting.keys.some((key) => index.own.has(key))) continue;
    const counts = (key: string) => index.known.has(key) && !(index.answered(key) && !index.ids.has(key));
    const sure = sighting.keys.find((key) => isSure(key) && counts(key));
    const key = sure ?? sighting.keys.find((other) => other.startsWith('name:') && counts(other));
    if (key !== undefined) found.push({ sighting, key, by: byOf(key), ids: likeliest(key, sighting, index) });
    if (sure === undefined && sighting.address !== undefined) {
      const { address, name, role, focus } = sighting;
      strangers.push({ address, ...(name !== undefined && { name }), role, focus });
    }
  }
  return { found: onePerContact(found), strangers };
}

function byOf(key: string): KnownPerson['by'] {
  if (key.startsWith('email:')) return 'address';
  return key.startsWith('name:') ? 'name' : 'profile';
}

/** Of several people with one address, whom the page names comes first. */
function likeliest(key: string, { name }: Sighting, { ids, nameOf }: Index): string[] {
  const all = ids.get(key) ?? [];
  if (all.length < 2 || name === undefined) return all;
  const wanted = normalName(name);
  const fits = (id: string) => normalName(nameOf(id) ?? '') === wanted;
  return [...all].sort((a, b) => Number(fits(b)) - Number(fits(a)));
}

/** The same contact under two keys (an address and a profile, an address and a name) is one person. */
function onePerContact(found: Found[]): Found[] {
  const byId = new Map<string, Found>();
  const kept: Found[] = [];
  for (const each of found) {
    const [id] = each.ids;
    const before = id === undefined ? undefined : byId.get(id);
    if (!before) {
      kept.push(each);
      if (id !== undefined) byId.set(id, each);
    } else if (before.by === 'name' && each.by !== 'name') {
      kept[kept.indexOf(before)] = each;
      if (id !== undefined) byId.set(id, each);
    } else if (each.by !== 'name' && each.sighting.focus && !before.sighting.focus) {
      kept[kept.indexOf(before)] = { ...before, sighting: each.sighting };
    }
  }
  return kept;
}
