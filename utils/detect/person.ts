import { pageProfile } from '../contract/network-key.ts';
import type { PersonMark } from '../contract/recipe.ts';
import { findAddresses } from './address.ts';
import { briefText } from './brief.ts';
import { type Addressee, readAddressee, readMailto } from './mailto.ts';
import { cleanName, isViaList } from './name.ts';
import { firstMatch, select } from './select.ts';

/** What a person is called stands in so many characters; a value in a script's text, in these. */
const TEXT_MAX = 2000;
const SCRIPT_MAX = 1_000_000;

/** A person at an element that a recipe points to. */
export interface Person {
  element: Element;
  /** Match keys, the profile's first. Empty: only a name. */
  keys: string[];
  address?: string;
  name?: string;
  /** Names of the company, or headlines with it, as in a sighting. */
  at?: string[];
  /** Sent through a mailing list, whose address this is. */
  list?: true;
}

const isField = (element: Element): element is HTMLTextAreaElement | HTMLInputElement =>
  /^(?:TEXTAREA|INPUT)$/.test(element.tagName);

/** An attribute's value or the text: of the element, or of the first one `within` it. */
function valueAt(element: Element, attribute?: string | false, within?: string): string {
  if (attribute === false) return '';
  const at = within === undefined ? element : select(element, within)[0];
  if (attribute !== undefined) return at?.getAttribute(attribute) ?? '';
  return at ? briefText(at, at.tagName === 'SCRIPT' ? SCRIPT_MAX : TEXT_MAX) : '';
}

/** The entries of a list of addresses: `ann@acme.com, "Lee, Bo" <bo@acme.com>`. */
const entriesOf = (text: string): string[] => text.match(/(?:"[^"]*"|[^,;\n"])+/g) ?? [];

/** Whole entries of a field; the one being typed is whole once something stands behind it, or the field is left. */
function typedIn(field: HTMLTextAreaElement | HTMLInputElement): Addressee[] {
  const text = String(field.value).slice(0, 10_000);
  const entries = entriesOf(text);
  if (field === field.ownerDocument.activeElement && !/[,;\s]$/.test(text)) entries.pop();
  return entries.flatMap((entry) => readAddressee(entry) ?? []);
}

/** The addresses an element carries. In a longer text the last one counts: `Subject - ann@acme.com - Mail`. */
function addressesOf(element: Element, mark: PersonMark): Addressee[] {
  const { address, addressIn, after, profile, profileIn } = mark;
  if (address === false) return [];
  if (isField(element)) return typedIn(element);
  // Known by a profile: an address in the text around may be anybody's.
  if ((profile ?? profileIn) && !(address ?? addressIn ?? after)) return [];
  let value = valueAt(element, address, addressIn);
  if (after !== undefined) {
    const at = value.indexOf(after);
    value = at === -1 ? '' : (value.slice(at + after.length).split('"', 1)[0] ?? '');
  }
  if (!value.includes('@')) return [];
  if (/^\s*mailto:/i.test(value)) return readMailto(value).slice(0, 1);
  const short = value.slice(0, 1000);
  // A row's several senders in one attribute: `ann@acme.com, bo@acme.com`.
  const several = entriesOf(short)
    .filter((entry) => entry.trim() !== '')
    .map(readAddressee);
  if (several.every((one) => one !== undefined)) return several;
  return findAddresses(short).slice(-1);
}

function profileKeyOf(element: Element, { profile, profileIn }: PersonMark): string | undefined {
  if (profile === undefined && profileIn === undefined) return undefined;
  const href = valueAt(element, profile ?? 'href', profileIn);
  // A relative link leads to a profile of this very site, and so does a bare name.
  const found = pageProfile(URL.parse(href, URL.parse('/', element.baseURI)?.href)?.href ?? '');
  return found?.claimed ? undefined : found?.key;
}

const lineOf = (element: Element): string | never[] =>
  briefText(element, 300).replace(/\s+/g, ' ').trim() || [];

/** The people an element stands for: mostly one; none when it has neither address nor profile nor name. */
export function readPerson(element: Element, mark: PersonMark): Person[] {
  const addresses = addressesOf(element, mark);
  const key = profileKeyOf(element, mark);
  const at =
    mark.companyIn === undefined ? [] : [...select(element, mark.companyIn)].slice(0, 5).flatMap(lineOf);
  // Of several people in one element nobody can say whose name it is.
  const text = addresses.length > 1 || isField(element) ? '' : valueAt(element, mark.name, mark.nameIn);
  const people: Partial<Addressee>[] = addresses.length > 0 ? addresses : [{}];
  return people.flatMap(({ address, name }) => {
    const keys = [...(key ? [key] : []), ...(address ? [`email:${address}`] : [])];
    const called =
      cleanName(text, address) ?? name ?? (address && cleanName(text.split(address, 1)[0] ?? '', address));
    if (keys.length === 0 && called === undefined) return [];
    return {
      element,
      keys,
      ...(address && { address }),
      ...(called && (isViaList(called) ? { list: true as const } : { name: called })),
      ...(at.length > 0 && { at }),
    };
  });
}

/** The people at the first of a recipe's marks that matches anything `wanted`. Yields often. */
export function* readPeople(
  root: ParentNode,
  list: readonly PersonMark[] | undefined,
  wanted?: (element: Element) => boolean,
): Generator<undefined, Person[]> {
  const match = yield* firstMatch(root, list, wanted);
  const people: Person[] = [];
  for (const element of match?.elements ?? []) {
    if (match) people.push(...readPerson(element, match.entry));
    yield;
  }
  return people;
}
