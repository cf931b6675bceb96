import type { Dated, Recipe, SiteView } from '../contract/recipe.ts';
import { briefText } from './brief.ts';
import { contains, type Mark } from './marks.ts';
import { newestOf } from './newest.ts';
import { type Person, readPeople } from './person.ts';
import { firstMatch, isSelector } from './select.ts';
import type { Role, Why } from './types.ts';

/** A mark with its place in what the page shows. */
export type Placed = Mark & {
  role: Role;
  focus: boolean;
  /** Further keys of the same person. */
  also?: string[];
  /** As in a sighting. Where `key` is empty, there is this and a name. */
  at?: string[];
};

export interface Reading {
  placed: Placed[];
  /** What the page was found to show. */
  found: ReadonlySet<SiteView>;
}

/** All selectors as one, without those that the browser cannot read. */
export function join(list: readonly Dated[] = []): string | undefined {
  return list.flatMap(({ selector }) => (isSelector(selector) ? selector : [])).join(',') || undefined;
}

/** A person in a place on the page; nobody when there is neither a key nor a company to go by. */
export function place(person: Person, role: Role, why: Why, focus = false): Placed[] {
  const { keys, ...rest } = person;
  const [key = '', ...also] = keys;
  if (key === '' && !person.at) return [];
  return [{ ...rest, key, role, why, focus, ...(also.length > 0 && { also }) }];
}

/** The user's own addresses, profiles and names, as the recipe finds them outside of messages' bodies. */
export function* ownByRecipe(doc: Document, recipe: Recipe): Generator<undefined, string[]> {
  const own: (string | undefined)[] = [];
  const header = outside(recipe.quoted);
  for (const entry of recipe.own ?? []) {
    // Of a title only one part counts (`own.ts`).
    if (entry.selector === TITLE) continue;
    for (const { keys, address, name } of yield* readPeople(doc, [entry], header))
      own.push(...keys, address, name);
  }
  return own.filter((one) => one !== undefined);
}

/** The entry of `own` that stands for the page's title. */
export const TITLE = 'title';

/** Tells what stands outside of all that a list points to. */
function outside(list?: readonly Dated[]): Visible {
  const selector = join(list);
  return (element) => selector === undefined || !element.closest(selector);
}

function isOwn({ address, name }: Person, own: ReadonlySet<string>): boolean {
  const one = address ?? name;
  return one !== undefined && own.has(one);
}

/** So many marks under a label for answers are told from one another. */
const REPLIES_MAX = 200;
/** Within their message, so far up. */
const LEVELS_MAX = 300;

/** Whom answers go to by the label that they stand under, by message. */
function labelledReplies(messages: Element[], marks: readonly Mark[]): Map<Element, Mark[]> {
  const byMessage = new Map<Element, Mark[]>(messages.map((message) => [message, []]));
  const labelled = marks.filter((mark) => mark.label === 'reply' && !mark.machine);
  for (const mark of labelled.slice(0, REPLIES_MAX)) {
    let at: Element | null = mark.element;
    for (let n = 0; at && !byMessage.has(at) && n < LEVELS_MAX; n++) at = at.parentElement;
    if (at) byMessage.get(at)?.push(mark);
  }
  return byMessage;
}

/** Where answers go, by the recipe or else by the label that it stands under. */
function* repliesIn(
  message: Element,
  recipe: Recipe,
  header: Visible,
  labelled: readonly Mark[],
): Generator<undefined, Person[]> {
  const found = yield* readPeople(message, recipe.replyTo, header);
  if (found.length > 0) return found;
  return labelled.flatMap(({ element, key, address, name }) =>
    header(element) ? { element, keys: [key], ...(address && { address }), ...(name && { name }) } : [],
  );
}

/** An open message: who wrote it, where that can be told, and when. */
interface Opened {
  from: Person | undefined;
  /** It is not the user's own, and has a sender. */
  theirs: boolean;
  /** As the page writes it. */
  date: string;
}

/**
 * Whose message among several open ones the page is about: the newest that is not the user's own. When its sender
 * cannot be told, or it cannot be told which one it is and not all are of one person, it is about nobody: who wrote
 * an earlier one is somebody wrong.
 */
function whoWroteLast(opened: Opened[], order: Recipe['order']): Person | undefined {
  const theirs = opened.filter((one) => one.theirs);
  if (order === 'newest-first') return theirs[0]?.from;
  const senders = new Set(theirs.map(({ from }) => from?.keys[0]));
  if (order === 'newest-last' || senders.size === 1) return theirs.at(-1)?.from;
  return theirs[newestOf(theirs.map(({ date }) => date)) ?? -1]?.from;
}

/** What the first element says that any of `list` points to: what it says to machines, else its text. */
function* dateIn(message: Element, list: Recipe['order'], header: Visible): Generator<undefined, string> {
  if (typeof list !== 'object') return '';
  const [element] = (yield* firstMatch(message, list, header))?.elements ?? [];
  return element?.getAttribute('datetime') ?? (element ? briefText(element, 200) : '');
}

/** Who is who in open messages. */
function* readMessages(
  messages: Element[],
  { recipe, own, visible, header, marks }: Look,
): Generator<undefined, Placed[]> {
  const labelled = labelledReplies(messages, marks);
  const shown: Visible = (element) => header(element) && visible(element);
  const opened: Opened[] = [];
  const rest: Placed[] = [];
  for (const message of messages) {
    const [sender, ...others] = yield* readPeople(message, recipe.sender, shown);
    const replies = yield* repliesIn(message, recipe, header, labelled.get(message) ?? []);
    // A list's address stands for whoever wrote through it.
    const from = sender?.list ? replies[0] : sender;
    // Of several, one may be what a stranger wrote in a body that cannot be told from its header any more.
    const sure = others.every(({ keys: [key] }) => key === sender?.keys[0]);
    opened.push({
      from: sure ? from : undefined,
      theirs: sender !== undefined && !(from && isOwn(from, own)),
      date: yield* dateIn(message, recipe.order, header),
    });
    const to = yield* readPeople(message, recipe.recipient, header);
    rest.push(
      ...[...(sender?.list ? [sender] : []), ...replies].flatMap((one) => place(one, 'mentioned', 'header')),
      ...to.flatMap((one) => place(one, 'recipient', 'header')),
    );
  }
  const last = whoWroteLast(opened, recipe.order);
  const inTurn = recipe.order === 'newest-first' ? opened : opened.toReversed();
  const senders = inTurn.flatMap(({ from }) => (from ? place(from, 'sender', 'header', from === last) : []));
  return [...senders, ...rest];
}

type Visible = (element: Element) => boolean;

interface Look {
  recipe: Recipe;
  own: ReadonlySet<string>;
  visible: Visible;
  /** Whether an element is part of no message's body. */
  header: Visible;
  marks: readonly Mark[];
}

/** Whom the messages that are being written are to: a single one may be whom the page is about. */
function* readDrafts(drafts: Element[], { recipe, own, visible }: Look): Generator<undefined, Placed[]> {
  const to: Person[] = [];
  for (const draft of drafts) to.push(...(yield* readPeople(draft, recipe.draftTo, visible)));
  const others = to.filter((one) => !isOwn(one, own));
  const single = new Set(others.map(({ keys, name }) => keys[0] ?? name)).size === 1;
  return others.flatMap((one) => place(one, 'recipient', 'header', single));
}

/** The outermost of elements in the page's order. */
function outermost(elements: Element[]): Element[] {
  let outer: Element | undefined;
  return elements.filter((one) => {
    if (outer && contains(outer, one)) return false;
    outer = one;
    return true;
  });
}

/** Who is who by the recipe, in mail. `marks`: what was found without it, for what only a label tells. Yields often. */
export function* readByRecipe(
  doc: Document,
  recipe: Recipe,
  own: ReadonlySet<string>,
  visible: Visible,
  marks: readonly Mark[] = [],
): Generator<undefined, Reading> {
  const header = outside(recipe.quoted);
  const shown: Visible = (element) => header(element) && visible(element);
  const look: Look = { recipe, own, visible, header, marks };
  // Of too many, the last ones: among them is the one that was opened.
  function* containers(list?: Dated[]): Generator<undefined, Element[]> {
    return (yield* firstMatch(doc, list, shown, recipe.order !== 'newest-first'))?.elements ?? [];
  }
  // Without a sender it is something else that looks like a message, or a draft among them. One within another is
  // attached to it, or what a stranger made to look like one.
  const messages: Element[] = [];
  for (const one of outermost(yield* containers(recipe.message))) {
    if (yield* firstMatch(one, recipe.sender, header)) messages.push(one);
  }
  const drafts = yield* containers(recipe.compose);
  const rows = yield* readPeople(doc, recipe.listed, shown);
  const listed = rows.flatMap((one) => place(one, 'mentioned', 'list'));
  const found = new Set<SiteView>();
  if (messages.length > 0) found.add('message');
  if (drafts.length > 0) found.add('compose');
  if (listed.length > 0) found.add('list');
  const placed = yield* readMessages(messages, look);
  const draftTo = yield* readDrafts(drafts, look);
  const told = placed.some(({ focus }) => focus);
  const drafted = told ? draftTo.map((one) => ({ ...one, focus: false })) : draftTo;
  return { placed: [...placed, ...drafted, ...listed], found };
}
