import type { Dated, Recipe, SiteView } from '../contract/recipe.ts';
import { contains, type Mark } from './marks.ts';
import { firstMatch, isSelector, type Person, readPeople } from './person.ts';
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

/** The user's own addresses, profiles and names, as the recipe finds them. */
export function ownByRecipe(doc: Document, recipe: Recipe): string[] {
  return (recipe.own ?? []).flatMap((entry) =>
    readPeople(doc, [entry]).flatMap(({ keys, address, name }) =>
      [...keys, address, name].filter((one) => one !== undefined),
    ),
  );
}

const isOwn = ({ address, name }: Person, own: ReadonlySet<string>) => own.has(address ?? name ?? '');

/** Where answers go, by the recipe or else by the label that it stands under. */
function repliesIn(message: Element, recipe: Recipe, header: Visible, marks: readonly Mark[]): Person[] {
  const found = readPeople(message, recipe.replyTo, header);
  if (found.length > 0) return found;
  const labelled = marks.filter((mark) => mark.label === 'reply' && !mark.machine);
  return labelled.flatMap(({ element, key, address, name }) =>
    message.contains(element) && header(element)
      ? { element, keys: [key], ...(address && { address }), ...(name && { name }) }
      : [],
  );
}

/**
 * Who is who in open messages: of the last one that is not the user's own, the sender is in focus. When that one
 * cannot be told, nobody is: an earlier sender is not whom the page is about.
 */
function readMessages(messages: Element[], { recipe, own, visible, header, marks }: Look): Placed[] {
  let decided = false;
  return messages.toReversed().flatMap((message) => {
    const [sender] = readPeople(message, recipe.sender, (element) => header(element) && visible(element));
    const replies = repliesIn(message, recipe, header, marks);
    // A list's address stands for whoever wrote through it.
    const from = sender?.list ? replies[0] : sender;
    const focus = !decided && from !== undefined && !isOwn(from, own);
    decided ||= sender !== undefined && !(from && isOwn(from, own));
    return [
      ...(from ? place(from, 'sender', 'header', focus) : []),
      ...[...(sender?.list ? [sender] : []), ...replies].flatMap((one) => place(one, 'mentioned', 'header')),
      ...readPeople(message, recipe.recipient, header).flatMap((one) => place(one, 'recipient', 'header')),
    ];
  });
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
function readDrafts(drafts: Element[], { recipe, own, visible }: Look): Placed[] {
  const to = drafts.flatMap((draft) => readPeople(draft, recipe.draftTo, visible));
  const others = to.filter((one) => !isOwn(one, own));
  const single = new Set(others.map(({ keys, name }) => keys[0] ?? name)).size === 1;
  return others.flatMap((one) => place(one, 'recipient', 'header', single));
}

/** Who is who by the recipe, in mail. `marks`: what was found without it, for what only a label tells. */
export function readByRecipe(
  doc: Document,
  recipe: Recipe,
  own: ReadonlySet<string>,
  visible: Visible,
  marks: readonly Mark[] = [],
): Reading {
  const quoted = join(recipe.quoted);
  const header = (element: Element) => quoted === undefined || !element.closest(quoted);
  const look: Look = { recipe, own, visible, header, marks };
  const containers = (list?: Dated[]) => firstMatch(doc, list, visible)?.elements ?? [];
  // Without a sender it is something else that looks like a message, or a draft among them. One within another is
  // attached to it, or what a stranger made to look like one.
  const likely = containers(recipe.message);
  const messages = likely.filter(
    (one) =>
      !likely.some((other) => other !== one && contains(other, one)) &&
      firstMatch(one, recipe.sender, header),
  );
  const drafts = containers(recipe.compose);
  const listed = readPeople(doc, recipe.listed, visible).flatMap((one) => place(one, 'mentioned', 'list'));
  const found = new Set<SiteView>();
  if (messages.length > 0) found.add('message');
  if (drafts.length > 0) found.add('compose');
  if (listed.length > 0) found.add('list');
  const placed = readMessages(messages, look);
  const draftTo = readDrafts(drafts, look);
  if (placed.some(({ focus }) => focus)) for (const one of draftTo) one.focus = false;
  return { placed: [...placed, ...draftTo, ...listed], found };
}
