import type { Dated, PersonMark, Recipe, SiteView } from '../contract/recipe.ts';
import { findAddresses } from './address.ts';
import { readMailto } from './mailto.ts';
import type { Mark } from './marks.ts';
import { cleanName, isViaList } from './name.ts';
import type { Role } from './types.ts';

/** A mark with its place in what the page shows. */
export type Placed = Mark & { role: Role; focus: boolean };

export interface Reading {
  placed: Placed[];
  /** What the page was found to show. */
  found: ReadonlySet<SiteView>;
}

/** What the first selector matches that matches anything. A selector the browser cannot read matches nothing. */
function firstMatch<T extends Dated>(
  root: ParentNode,
  list: T[] = [],
): { elements: Element[]; entry: T } | undefined {
  for (const entry of list) {
    try {
      const elements = [...root.querySelectorAll(entry.selector)];
      if (elements.length > 0) return { elements, entry };
    } catch {
      // Served recipes may be newer than this browser.
    }
  }
  return undefined;
}

export function join(list: Dated[] | undefined): string | undefined {
  return list?.length ? list.map(({ selector }) => selector).join(',') : undefined;
}

/** The address an element carries. In a longer text the last one counts: `Subject - ann@acme.com - Mail`. */
function readAddress(element: Element, { address, after }: PersonMark): string | undefined {
  let value = (address === undefined ? element.textContent : element.getAttribute(address)) ?? '';
  if (address === 'href') return readMailto(value)[0]?.address;
  if (after !== undefined) {
    const at = value.indexOf(after);
    value = at === -1 ? '' : (value.slice(at + after.length).split('"', 1)[0] ?? '');
  }
  return findAddresses(value.slice(0, 1000)).at(-1)?.address;
}

function readMarks(root: ParentNode, list: PersonMark[] | undefined, why: Mark['why'], not?: string): Mark[] {
  const match = firstMatch(root, list);
  if (!match) return [];
  const { entry } = match;
  const marks: Mark[] = [];
  for (const element of match.elements.slice(0, 500)) {
    if (not !== undefined && element.closest(not)) continue;
    const address = readAddress(element, entry);
    if (address === undefined) continue;
    const raw = (entry.name === undefined ? element.textContent : element.getAttribute(entry.name)) ?? '';
    const name = cleanName(raw, address);
    const mark: Mark = { element, address, key: `email:${address}`, why };
    if (name !== undefined && isViaList(name)) mark.list = true;
    else if (name !== undefined) mark.name = name;
    marks.push(mark);
  }
  return marks;
}

/** The user's own addresses, as the recipe finds them. */
export function ownByRecipe(doc: Document, recipe: Recipe): string[] {
  return (recipe.own ?? []).flatMap((entry) =>
    readMarks(doc, [entry], 'attribute').flatMap(({ address }) => address ?? []),
  );
}

/** Who is who by the recipe: the last open message's sender is in focus, unless that is the user. */
export function readByRecipe(
  doc: Document,
  recipe: Recipe,
  own: ReadonlySet<string>,
  visible: (element: Element) => boolean,
): Reading {
  const placed: Placed[] = [];
  const quoted = join(recipe.quoted);
  const messages = (firstMatch(doc, recipe.message)?.elements ?? []).filter(visible);
  let focused = false;
  for (const message of messages.reverse()) {
    const [sender] = readMarks(message, recipe.sender, 'header', quoted);
    const replies = readMarks(message, recipe.replyTo, 'header', quoted);
    const [reply] = replies;
    const from = sender?.list ? reply : sender;
    if (from?.address !== undefined) {
      const focus: boolean = !focused && !from.list && !own.has(from.address);
      focused ||= focus;
      placed.push({ ...from, role: 'sender', focus });
    }
    if (sender?.list) placed.push({ ...sender, role: 'mentioned', focus: false });
    for (const one of replies) placed.push({ ...one, role: 'mentioned', focus: false });
    for (const one of readMarks(message, recipe.recipient, 'header', quoted)) {
      placed.push({ ...one, role: 'recipient', focus: false });
    }
  }
  const listed = readMarks(doc, recipe.listed, 'list').filter(({ element }) => visible(element));
  for (const one of listed) placed.push({ ...one, role: 'mentioned', focus: false });
  const found = new Set<SiteView>();
  if (messages.length > 0) found.add('message');
  if (listed.length > 0) found.add('list');
  return { placed, found };
}
