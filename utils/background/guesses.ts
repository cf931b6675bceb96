import { alternateOf } from '../contract/alternate.ts';
import { domainKey, domainsUp } from '../contract/match-key.ts';
import { nameKey } from '../contract/name-key.ts';
import type { Sighting } from '../detect/types.ts';
import { companiesIn } from './company-names.ts';

const EMAIL = 'email:';

/** Keys of the plain forms of a sighting's addresses: they count where nobody has the addresses themselves. */
export function alternateKeys({ keys }: Pick<Sighting, 'keys'>): string[] {
  return keys.flatMap((key) => {
    const plain = key.startsWith(EMAIL) ? alternateOf(key.slice(EMAIL.length)) : undefined;
    return plain === undefined ? [] : [EMAIL + plain];
  });
}

/** The domain of a sighting's address and those above it. Which of them are a company's, the set of tags knows. */
export const domainsAt = ({ address }: Pick<Sighting, 'address'>): string[] =>
  address === undefined ? [] : domainsUp(address.slice(address.lastIndexOf('@') + 1));

export const domainKeys = (sighting: Pick<Sighting, 'address'>): string[] =>
  domainsAt(sighting).flatMap((domain) => domainKey(domain) ?? []);

type Guessed = Pick<Sighting, 'address' | 'name' | 'at'>;

/** A view is made anew at every change, of the same sightings. */
const made = new WeakMap<Guessed, string[]>();

/** By name at the company whose domain the address has, or that the page names: whom the team knows otherwise. */
export function nameKeys(sighting: Guessed): string[] {
  const before = made.get(sighting);
  if (before) return before;
  const { address, name, at = [] } = sighting;
  if (name === undefined) return [];
  const places = [...domainsAt({ ...(address !== undefined && { address }) }), ...at.flatMap(companiesIn)];
  const keys = [...new Set(places.flatMap((place) => nameKey(name, place) ?? []))];
  made.set(sighting, keys);
  return keys;
}
