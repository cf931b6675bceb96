import { contains, type Mark } from './marks.ts';
import type { Placed } from './recipe.ts';

/** History of a conversation inside a message. */
const QUOTED =
  'blockquote,[class*="gmail_quote"],[class*="gmail_attr"],[type="cite"],.moz-cite-prefix,.yahoo_quoted,#divRplyFwdMsg,.protonmail_quote';
/** What is no header of a message: a stranger may write tables, and what is in a dialog is about something else. */
const NO_HEADER = `${QUOTED},[role="dialog"],[role="document"],table`;
/** People in these are beside a message, not at its head. */
const BESIDE =
  'li,tr,nav,aside,[role="banner"],[role="navigation"],[role="row"],[role="option"],[role="listitem"],[role="treeitem"]';

/** A mark that no label says anything of. */
export const placeOf = (mark: Mark): Placed => ({
  ...mark,
  role: mark.author ? 'author' : 'mentioned',
  focus: false,
});

const isBefore = (one: Mark, other: Mark): boolean =>
  Boolean(one.element.compareDocumentPosition(other.element) & Node.DOCUMENT_POSITION_FOLLOWING);

/** So many are told from one another by their places. */
const ORDERED_MAX = 100;

/** Senders by their labels. What comes first is the header: below one, only what its markup says is one too. */
function sendersAmong(all: Mark[], known: boolean): Mark[] {
  const [first, ...rest] = all.slice(0, ORDERED_MAX);
  const top = first && rest.reduce((a, b) => (isBefore(b, a) ? b : a), first);
  return known || top?.firm ? all.filter(({ firm }) => firm) : all;
}

/**
 * Who is who by labels alone: a single sender is the one the page is about; of several, nobody is, nor where somebody
 * without a label stands above: that may be the message's header, and the label part of its text. Where a `known` site
 * looks other than its recipe says, only a header's markup is believed. Yields now and then.
 */
export function* placeByLabels(
  marks: Mark[],
  own: ReadonlySet<string>,
  known: boolean,
): Generator<undefined, Placed[]> {
  const shown = (label: string, apart = QUOTED) =>
    marks.filter((mark) => mark.label === label && !mark.machine && !mark.element.closest(apart));
  let senders = sendersAmong(shown('sender', known ? NO_HEADER : QUOTED), known);
  yield;
  // A list's address stands for whoever wrote through it.
  const lists = new Set(senders.flatMap(({ list, key }) => (list ? key : [])));
  if (lists.size > 0) {
    senders = [...senders.filter(({ key }) => !lists.has(key)), ...shown('reply')];
  }
  const theirs = new Set(senders);
  const people = new Set(senders.map(({ key }) => key));
  const [only] = senders;
  const focus =
    people.size === 1 &&
    only?.address !== undefined &&
    !mayBeOwn(only, own) &&
    shown('maybe').every(({ key }) => key === only.key) &&
    (lists.size > 0 || !(yield* hasAbove(marks, only)));
  yield;
  const recipients = new Set(shown('recipient'));
  return marks.map((mark) => {
    if (theirs.has(mark)) return { ...mark, role: 'sender', focus, why: 'header' };
    if (recipients.has(mark)) return { ...mark, role: 'recipient', focus: false, why: 'header' };
    return placeOf(lists.has(mark.key) ? { ...mark, list: true } : mark);
  });
}

/** A page's title may name whose account it is. */
function mayBeOwn({ address = '', element }: Mark, own: ReadonlySet<string>): boolean {
  return own.has(address) || element.ownerDocument.title.slice(0, 500).toLowerCase().includes(address);
}

/** Whether somebody else, of whom no label says anything, stands where a header would: above the sender. */
function* hasAbove(marks: Mark[], sender: Mark): Generator<undefined, boolean> {
  let n = 0;
  for (const mark of marks) {
    const { element, address, label, machine, key } = mark;
    if (address === undefined || label || machine || key === sender.key) continue;
    if (++n % 20 === 0) yield;
    if (!isBefore(mark, sender)) continue;
    const row = element.closest(BESIDE);
    if (!row || contains(row, sender.element)) return true;
  }
  return false;
}
