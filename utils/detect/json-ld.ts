import { linkedinKey, xKey } from '../contract/match-key.ts';
import { cleanName } from './name.ts';

/** Somebody that a page describes for machines. */
export interface Described {
  address?: string;
  /** Match key of a profile, where there is no address. */
  key?: string;
  name?: string;
  /** As in a sighting. */
  at?: string[];
}

type Thing = Record<string, unknown>;

const THINGS_MAX = 3000;
const DEPTH_MAX = 8;
const AT_MAX = 5;

const isThing = (value: unknown): value is Thing => typeof value === 'object' && value !== null;
const strings = (...values: unknown[]) =>
  values.flat().filter((one) => typeof one === 'string' && one !== '') as string[];
/** As texts, or as things with a name. */
const names = (...values: unknown[]): string[] =>
  values.flat().flatMap((one) => strings(isThing(one) ? (one.name ?? one['@value']) : one));

/**
 * People with an address or a profile in JSON-LD, with their names and companies; and others' addresses, nameless.
 * Bounded in depth and number.
 */
export function readJsonLd(json: string, read: (value: string) => string | undefined): Described[] {
  const found: Described[] = [];
  let budget = THINGS_MAX;
  const visit = (value: unknown, depth: number, above?: Thing): void => {
    if (!isThing(value) || depth > DEPTH_MAX || budget-- < 0) return;
    let person = above;
    if (!Array.isArray(value)) {
      const type = strings(value['@type']).join();
      if (/Person\b/.test(type)) person = value;
      // What a person says of a contact is the person's; what an article says, nobody's.
      else if (type !== '' && !type.endsWith('Point')) person = undefined;
      const addresses = strings(value.email).flatMap((one) => read(one) ?? []);
      const { givenName, familyName, name, sameAs, url } = person ?? {};
      const called = cleanName(names(name)[0] ?? strings(givenName, familyName).join(' '), addresses[0]);
      const at = names(person?.worksFor, person?.affiliation, person?.memberOf).slice(0, AT_MAX);
      const who = { ...(called && { name: called }), ...(at.length > 0 && { at }) };
      const profiles = person === value && addresses.length === 0 ? strings(sameAs, url) : [];
      // Without a host it leads to a page of this very site, whatever it looks like.
      const elsewhere = profiles.filter((one) => /^\s*(?:https?:)?(?:\/\/)?[\w-]+\./i.test(one));
      const key = elsewhere.map((one) => linkedinKey(one) ?? xKey(one)).find(Boolean);
      if (key !== undefined) found.push({ key, ...who });
      for (const address of addresses) found.push({ address, ...who });
    }
    for (const inner of Object.values(value)) visit(inner, depth + 1, person);
  };
  try {
    visit(JSON.parse(json), 0);
  } catch {
    // Broken JSON-LD is common; it is then no source.
  }
  return found;
}
