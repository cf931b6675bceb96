import { linkedinKey, normalAddress } from '../contract/match-key.ts';
import { findAddresses } from './address.ts';
import { cardName, hasCards, readJsonLd } from './card.ts';
import { isAuthor, labelOf } from './labels.ts';
import { readMailto } from './mailto.ts';
import type { Mark, Marks } from './marks.ts';
import { cleanName, endsProse, isPersonName, isViaList, nameBefore, PROSE_MIN } from './name.ts';
import { decodeCloudflare } from './obfuscated.ts';
import { textBefore } from './run.ts';

/** Attributes that carry addresses whatever the element. */
const TITLED = '[title*="@"]';
const NAMED = ['[email]', '[data-email]', '[data-hovercard-id]'];
/** By tag, which is cheaper: only links that may lead to somebody. */
const LINK = /^\s*mailto:|\/in\/|\/sales\/|email-protection#/i;
const JSON_MAX = 200_000;

function visibleText(element: Element): string {
  if (element.childElementCount > 40) return '';
  const text = element.textContent ?? '';
  return text.length < 300 && !/\s/.test(text) ? text : text.slice(0, 300).replace(/\s+/g, ' ').trim();
}

/** A name around an address: what the markup calls the person, a name before a bracket, a heading or link around it. */
export function nameAround(
  marks: Marks,
  node: Node,
  element: Element,
  address: string,
  prose = followsProse(node),
): string | undefined {
  const named = marks.cards ? cardName(element, address) : undefined;
  if (named !== undefined || prose) return named;
  const bracketed = nameBefore(textBefore(node), address);
  if (bracketed !== undefined) return bracketed;
  const around = element.closest('h1,h2,h3,h4,h5,h6,a');
  if (!around) return undefined;
  const text = visibleText(around)
    .replace(/\[email.protected\]|[^\s<>()]+@[^\s<>()]+|[<>()]/g, ' ')
    .trim();
  return isPersonName(text, address) && text.includes(' ') ? cleanName(text, address) : undefined;
}

/** Whether a sentence leads up to the node: then no label and no name in brackets stands before it. */
function followsProse(node: Node): boolean {
  const before = node.previousSibling;
  if (before?.nodeType !== 3) return false;
  const { length } = before as Text;
  return length > PROSE_MIN && endsProse((before as Text).substringData(length - 6, 6));
}

/** Adds a mark with the label it stands under, unless its own text has one. */
export function addMark(marks: Marks, node: Node, mark: Mark, prose = followsProse(node)): void {
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
  name: string | undefined,
  prose?: boolean,
): void {
  const mark: Mark = { element, why, address, key: `email:${address}` };
  if (name) mark.name = name;
  addMark(marks, element, mark, prose);
}

function readLink(marks: Marks, link: Element, href: string): void {
  const text = visibleText(link);
  let people = readMailto(href);
  const [first] = people;
  const shown = text.includes('@') && text !== first?.address ? findAddresses(text)[0]?.address : undefined;
  // Cut short, or no address at all: the text has it whole.
  if (
    shown !== undefined &&
    (first === undefined || (shown !== first.address && shown.startsWith(first.address)))
  ) {
    people = [{ address: shown }];
  }
  const prose = followsProse(link);
  for (const [index, { address, name }] of people.entries()) {
    const own = index === 0 && text !== address ? text : '';
    const linked =
      own !== '' && (isPersonName(own, address) || isViaList(own)) ? cleanName(own, address) : undefined;
    const called =
      name ?? linked ?? (people.length === 1 ? nameAround(marks, link, link, address, prose) : undefined);
    addAddress(marks, link, 'mailto', address, called, prose);
  }
}

function readProfileLink(marks: Marks, link: HTMLAnchorElement): void {
  // Relative ones lead to a profile only on LinkedIn itself.
  const key = linkedinKey(link.href);
  if (key === undefined) return;
  const text = visibleText(link);
  const half = text.slice(0, text.length / 2).trim();
  const name = text === `${half} ${half}` || text === half + half ? half : text;
  addMark(marks, link, { element: link, key, why: 'profile-url', ...(isPersonName(name) && { name }) });
}

function readAttribute(marks: Marks, element: Element): void {
  if (/^(?:INPUT|TEXTAREA|SELECT|HTML|BODY|IFRAME)$/.test(element.tagName)) return;
  // The root of a mailbox's folder tree is the mailbox itself.
  const root = element.matches('[role="treeitem"][aria-level="1"]');
  for (const attribute of ['email', 'data-email', 'data-hovercard-id', 'title']) {
    const value = element.getAttribute(attribute);
    if (value === null || !value.includes('@') || value.length > 1000) continue;
    const found = findAddresses(value);
    for (const { address, start } of found) {
      const text = found.length === 1 ? cleanName(visibleText(element), address) : undefined;
      const short = text !== undefined && (element.childElementCount < 3 || isPersonName(text, address));
      const name =
        cleanName(element.getAttribute('data-name') ?? element.getAttribute('name') ?? '', address) ??
        nameBefore(value.slice(0, start), address) ??
        (short ? text : undefined);
      if (root)
        marks.add(element, { element, key: `email:${address}`, address, why: 'attribute', own: true });
      else addAddress(marks, element, 'attribute', address, name);
    }
    if (found.length > 0) return;
  }
}

/** A link to the user's account names its address: `Account: Ann Lee (ann@acme.com)`. */
function readAccount(marks: Marks, link: Element): void {
  const label = link.getAttribute('aria-label');
  if (!label?.includes('@') || !/account/i.test(label)) return;
  for (const { address } of findAddresses(label)) {
    marks.add(link, { element: link, key: `email:${address}`, address, why: 'attribute', own: true });
  }
}

function readCarrier(marks: Marks, element: Element): void {
  const href = element.tagName === 'A' ? (element.getAttribute('href') ?? '') : '';
  const hidden = element.getAttribute('data-cfemail') ?? /email-protection#([0-9a-f]+)$/i.exec(href)?.[1];
  if (hidden !== undefined) {
    const address = decodeCloudflare(hidden);
    if (address !== undefined)
      addAddress(marks, element, 'obfuscated', address, nameAround(marks, element, element, address));
  } else if (/^\s*mailto:/i.test(href)) {
    readLink(marks, element, href);
  } else if (element.matches('meta[itemprop="email"],script[type="application/ld+json"]')) {
    const json = element.tagName === 'SCRIPT' ? (element.textContent ?? '') : '';
    const read = (value: string) => normalAddress(value.replace(/^mailto:/i, ''));
    const address = read(element.getAttribute('content') ?? '');
    const found =
      address === undefined ? readJsonLd(json.length > JSON_MAX ? '' : json, read) : [{ address }];
    for (const one of found) {
      const mark: Mark = { element, key: `email:${one.address}`, why: 'structured', machine: true, ...one };
      const name = mark.name ?? cardName(element, one.address);
      marks.add(element, name === undefined ? mark : { ...mark, name });
    }
  } else if (LINK.test(href) && element instanceof HTMLAnchorElement) {
    readProfileLink(marks, element);
  }
  if (!marks.has(element)) readAttribute(marks, element);
}

/** Reads all carriers within `root`, itself included; yields now and then. */
export function* scanCarriers(root: Element, marks: Marks): Generator<undefined> {
  let n = 0;
  marks.cards = hasCards(root.ownerDocument);
  // Absent attributes cost next to nothing when each is asked for alone, and a lot in a list.
  const selector = [TITLED, ...NAMED.filter((one) => root.querySelector(one))].join();
  const lists: Iterable<Element>[] = [
    [root],
    root.getElementsByTagName('a'),
    root.getElementsByClassName('__cf_email__'),
    root.querySelectorAll(selector),
    root.getElementsByTagName('meta'),
    root.getElementsByTagName('script'),
  ];
  for (const list of lists) {
    // Live lists are copied: the page may change them while this pauses.
    for (const element of [...list]) {
      if (++n % 16 === 0) yield;
      if (n > 50_000) return;
      const href = element.tagName === 'A' ? element.getAttribute('href') : null;
      const kept = href === null ? undefined : LINK.test(href);
      if (element.tagName === 'A') readAccount(marks, element);
      if (kept !== false || element.hasAttribute('data-cfemail') || element.hasAttribute('title')) {
        if (!marks.has(element)) readCarrier(marks, element);
      }
    }
  }
}
