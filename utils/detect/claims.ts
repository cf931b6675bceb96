import { pageProfile } from '../contract/network-key.ts';
import type { PersonMark } from '../contract/recipe.ts';
import { findAddresses } from './address.ts';
import { briefText } from './brief.ts';
import { select } from './select.ts';

const PLACES_MAX = 20;
const CLAIMS_MAX = 20;
/** In a text: what may be a web address, with or without its scheme. */
const LINK = /(?:https?:\/\/)?(?:[\w-]+\.)+[a-z]{2,}\/[^\s<>"')]+/gi;

/** Where a key's profile is. */
const networkOf = (key: string): string => key.replace(/^(?:profile:)?([^:/]*).*$/s, '$1');

function keysIn(place: Element): string[] {
  const text = briefText(place, 500);
  const links = [place.getAttribute('href') ?? '', ...(text.match(LINK) ?? [])];
  const profiles = links.flatMap(
    (link) => pageProfile(/^https?:/i.test(link) ? link : `https://${link}`)?.key ?? [],
  );
  return [...profiles, ...findAddresses(text).map(({ address }) => `email:${address}`)];
}

/**
 * Match keys of what the owner of a profile calls theirs elsewhere. A link to the same network is somebody else's, such
 * as an employer's; `keys` are the profile's own.
 */
export function claimsIn(
  profile: Element,
  { claimsIn: where }: PersonMark,
  keys: readonly string[],
): string[] {
  if (where === undefined) return [];
  const here = new Set(keys.map(networkOf));
  const all = [...select(profile, where)].slice(0, PLACES_MAX).flatMap(keysIn);
  return [...new Set(all)]
    .filter((key) => !keys.includes(key) && !here.has(networkOf(key)))
    .slice(0, CLAIMS_MAX);
}
