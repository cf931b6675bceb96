import { linkedinKey, normalAddress } from '../contract/match-key.ts';
import { findAddresses, NOBODYS, withoutUnseen } from './address.ts';
import { briefText } from './brief.ts';
import { cardOf } from './card.ts';
import { type Described, readJsonLd } from './json-ld.ts';
import { isLabelledId } from './labelled-id.ts';
import { isAuthor, labelOf } from './labels.ts';
import { ATTRIBUTES, LINK } from './lead.ts';
import { readMailto } from './mailto.ts';
import type { Mark, Marks } from './marks.ts';
import { cleanName, endsProse, isPersonName, isViaList, nameBefore, PROSE_MIN } from './name.ts';
import { nameIn, nameNearby } from './nearby.ts';
import { decodeCloudflare, findObfuscated } from './obfuscated.ts';
import { linesOf, nameAmong } from './pieces.ts';
import { textBefore } from './run.ts';
import { readVcard } from './vcard.ts';

const JSON_MAX = 200_000;

function visibleText(element: Element): string {
  if (element.childElementCount > 40) return '';
  const text = briefText(element, 300);
  return text.length < 300 && !/\s/.test(text) ? text : text.replace(/\s+/g, ' ').trim();
}

/** Who an address is of: what the markup calls the person, a name before a bracket, around it, near it. */
export function whoIsAround(
  marks: Marks,
  node: Node,
  element: Element,
  address: string,
  prose = followsProse(node),
): Who {
  const card = marks.cards ? cardOf(element, address) : {};
  if (card.name !== undefined || prose) return card;
  const name =
    nameBefore(textBefore(node), address) ?? nameOver(element, address) ?? nameNearby(node, address);
  return name === undefined ? card : { ...card, name };
}

const SHOWN = /\[email.protected\]|[^\s<>()]+@[^\s<>()]+|[<>()]/g;

/** The name in a heading or link that holds the address. */
function nameOver(element: Element, address: string): string | undefined {
  const around = element.closest('h1,h2,h3,h4,h5,h6,a');
  if (!around) return undefined;
  const bare = (text: string) => text.replace(SHOWN, ' ').trim() || [];
  return nameAmong(
    linesOf(around).map((texts) => texts.flatMap(bare)),
    address,
  );
}

/** Whether a sentence leads up to the node: then no label and no name in brackets stands before it. */
function followsProse(node: Node): boolean {
  const before = node.previousSibling;
  if (before?.nodeType !== 3) return false;
  const { length } = before as Text;
  return length > PROSE_MIN && endsProse((before as Text).substringData(length - 6, 6));
}

type Who = Pick<Mark, 'name' | 'at'>;

/** Somebody from a description: `machine`, when it is not for people to see. */
function addDescribed(marks: Marks, element: Element, one: Described, machine: boolean): void {
  const { address, key = address === undefined ? '' : `email:${address}` } = one;
  marks.add(element, { element, why: 'structured', machine, ...one, key });
}

/** Adds a mark with the label it stands under, unless its own text has one. */
export function addMark(marks: Marks, node: Node, mark: Mark, prose = followsProse(node)): void {
  const { address = '' } = mark;
  if (mark.why === 'text' ? isLabelledId(node, address) : NOBODYS.test(address)) return;
  if (!prose) {
    if (mark.label === undefined) Object.assign(mark, labelOf(node));
    if (isAuthor(mark.element)) mark.author = true;
  }
  if (mark.name !== undefined && isViaList(mark.name)) {
    mark.list = true;
    delete mark.name;
  }
  marks.add(node, mark);
}

function addAddress(
  marks: Marks,
  element: Element,
  why: Mark['why'],
  address: string,
  who: Who,
  prose?: boolean,
): void {
  addMark(marks, element, { element, why, address, key: `email:${address}`, ...who }, prose);
}

/** The text of an element that has but one; of several, that which is a name. */
const namedBy = (lines: string[][], address: string): string =>
  (lines.length === 1 && lines[0]?.length === 1 ? lines[0][0] : nameAmong(lines, address)) ?? '';

function readLink(marks: Marks, link: Element, href: string): void {
  const text = visibleText(link);
  let people = readMailto(href);
  const [first] = people;
  // A list's archive writes the author as `ann at acme.com`, and links to the list.
  const author = text === first?.address ? undefined : findObfuscated(`<${text}>`)[0]?.address;
  if (author !== undefined && author !== first?.address) {
    addAddress(marks, link, 'obfuscated', author, whoIsAround(marks, link, link, author));
    return;
  }
  const shown = text.includes('@') && text !== first?.address ? findAddresses(text)[0]?.address : undefined;
  // Cut short, or no address at all: the text has it whole.
  if (
    shown !== undefined &&
    (first === undefined || (shown !== first.address && shown.startsWith(first.address)))
  ) {
    people = [{ address: shown }];
  }
  const prose = followsProse(link);
  const lines = linesOf(link);
  // `Email Ann Lee`, for those who hear the page, or on the link itself.
  const spoken = link.getAttribute('aria-label') ?? link.getAttribute('title') ?? '';
  const said = [[spoken], ...lines].map((texts) => texts.join(' ')).join('\n');
  for (const [index, { address, name }] of people.entries()) {
    const own = index === 0 && text !== address ? (isViaList(text) ? text : namedBy(lines, address)) : '';
    const linked =
      own !== '' && (isPersonName(own, address) || isViaList(own)) ? cleanName(own, address) : undefined;
    const who = people.length === 1 ? whoIsAround(marks, link, link, address, prose) : {};
    const called = name ?? linked ?? nameIn(said, address) ?? who.name;
    addAddress(marks, link, 'mailto', address, { ...who, ...(called && { name: called }) }, prose);
  }
}

function readProfileLink(marks: Marks, link: HTMLAnchorElement): void {
  // Relative ones lead to a profile only on LinkedIn itself.
  const key = linkedinKey(link.href);
  if (key === undefined) return;
  const name = nameAmong(linesOf(link), '');
  addMark(marks, link, { element: link, key, why: 'profile-url', ...(name && { name }) });
}

function readAttribute(marks: Marks, element: Element): void {
  if (/^(?:INPUT|TEXTAREA|SELECT|HTML|BODY|IFRAME)$/.test(element.tagName)) return;
  for (const attribute of ATTRIBUTES) {
    const written = element.getAttribute(attribute);
    if (!written?.includes('@') || written.length > 1000) continue;
    const value = withoutUnseen(written);
    const found = findAddresses(value);
    for (const { address, start } of found) {
      const text = found.length === 1 ? cleanName(namedBy(linesOf(element), address), address) : undefined;
      // What is on a button says what it does.
      const whole = element.childElementCount < 3 && attribute !== 'data-clipboard-text';
      const short = text !== undefined && (whole || isPersonName(text, address));
      const name =
        cleanName(element.getAttribute('data-name') ?? element.getAttribute('name') ?? '', address) ??
        nameBefore(value.slice(0, start), address) ??
        nameIn(element.getAttribute('aria-label') ?? '', address) ??
        (short ? text : undefined) ??
        (found.length === 1 ? nameNearby(element, address) : undefined);
      addAddress(marks, element, 'attribute', address, name === undefined ? {} : { name });
    }
    if (found.length > 0) return;
  }
}

/** What people wrote stands in these. */
const CONTENT = 'main,article,[role="main"],[role="article"],[role="document"],[role="listitem"]';

/** Google's link to the user's account, on any page of theirs: `Google Account: Ann Lee (ann@acme.com)`. */
function readAccount(marks: Marks, link: Element, href: string): void {
  const label = href.includes('SignOutOptions') ? link.getAttribute('aria-label') : null;
  if (!label?.includes('@') || link.closest(CONTENT)) return;
  for (const { address } of findAddresses(label)) {
    marks.add(link, { element: link, key: `email:${address}`, address, why: 'attribute', own: true });
  }
}

const read = (value: string) => normalAddress(value.replace(/^mailto:/i, ''));

function readCarrier(marks: Marks, element: Element, href: string): void {
  const hidden = element.getAttribute('data-cfemail') ?? /email-protection#([0-9a-f]+)$/i.exec(href)?.[1];
  if (hidden !== undefined) {
    const address = decodeCloudflare(hidden);
    if (address !== undefined)
      addAddress(marks, element, 'obfuscated', address, whoIsAround(marks, element, element, address));
  } else if (/^\s*mailto:/i.test(href)) {
    readLink(marks, element, href);
  } else if (element.matches('meta[itemprop="email"],script[type="application/ld+json"]')) {
    const json = element.tagName === 'SCRIPT' ? (element.textContent ?? '') : '';
    const address = read(element.getAttribute('content') ?? '');
    const found: Described[] =
      address === undefined
        ? readJsonLd(json.length > JSON_MAX ? '' : json, read)
        : [{ address, ...cardOf(element, address) }];
    for (const one of found) addDescribed(marks, element, one, true);
  } else if (/^data:/i.test(href)) {
    for (const one of readVcard(href, read)) addDescribed(marks, element, one, false);
  } else if (LINK.test(href) && element instanceof HTMLAnchorElement) {
    readProfileLink(marks, element);
  }
  if (!marks.has(element)) readAttribute(marks, element);
}

/** Reads what an element says otherwise than in its text. */
export function readElement(marks: Marks, element: Element): void {
  const href = element.tagName === 'A' ? element.getAttribute('href') : null;
  if (href !== null) readAccount(marks, element, href);
  const kept = href === null || LINK.test(href);
  if (!kept && !element.hasAttribute('data-cfemail') && !element.hasAttribute('title')) return;
  if (!marks.has(element)) readCarrier(marks, element, href ?? '');
}
