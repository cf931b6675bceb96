import { alternateOf } from '../contract/alternate.ts';
import { domainKey, domainsUp } from '../contract/match-key.ts';
import { nameKey } from '../contract/name-key.ts';
import type { Sighting } from '../detect/types.ts';

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

/** By name at the company whose domain the address has: somebody whose other address the team knows. */
export function nameKeys({ address, name }: Pick<Sighting, 'address' | 'name'>): string[] {
  if (name === undefined) return [];
  return domainsAt({ ...(address !== undefined && { address }) }).flatMap((at) => nameKey(name, at) ?? []);
}
