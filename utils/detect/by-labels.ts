import { isOnTop } from './above.ts';
import { contains, type Mark } from './marks.ts';
import type { Placed } from './recipe.ts';

/** History of a conversation inside a message. */
const QUOTED =
  'blockquote,[class*="gmail_quote"],[class*="gmail_attr"],[type="cite"],.moz-cite-prefix,.yahoo_quoted,#divRplyFwdMsg,.protonmail_quote';
/** What is no header of a message: what is in a dialog is about something else. */
const NO_HEADER = `${QUOTED},[role="dialog"],[role="document"]`;
/** People in these are beside a message, not at its head. */
const BESIDE =
  'li,nav,aside,[role="banner"],[role="navigation"],[role="row"],[role="option"],[role="listitem"],[role="treeitem"]';

/** A mark that no label says anything of. */
export const placeOf = (mark: Mark): Placed => ({
  ...mark,
  role: mark.author ? 'author' : 'mentioned',
  focus: false,
});

/** A form's own `compareDocumentPosition` may be a field of it. */
const isBefore = (one: Mark, other: Mark): boolean =>
  (Node.prototype.compareDocumentPosition.call(one.element, other.element) &
    Node.DOCUMENT_POSITION_FOLLOWING) >
  0;

/** So many are told from one another by their places. */
const ORDERED_MAX = 100;

/** Whether the label is part of a header's markup. Tables are in many a message, and what is in one may say anything. */
const isHeader = ({ firm, element }: Mark): boolean => firm === true && !element.closest('table');

/** The first on the page. */
function highest(all: Mark[]): Mark | undefined {
  const [first, ...rest] = all.slice(0, ORDERED_MAX);
  return first && rest.reduce((a, b) => (isBefore(b, a) ? b : a), first);
}

/** Senders by their labels. What comes first is the header: below one, only what its markup says is one too. */
function sendersAmong(all: Mark[], known: boolean): Mark[] {
  const top = highest(all);
  return known || (top && isHeader(top)) ? all.filter(isHeader) : all;
}

/**
 * Who is who by labels alone: a single sender is the one the page is about; of several, nobody is, nor where somebody
 * without a label stands above, or anywhere beside a table with the label: that may be the message's header, and the
 * label part of its text. Where a `known` site
 * looks other than its recipe says, only a header's markup is believed. Yields now and then.
 */
export function* placeByLabels(
  marks: Mark[],
  own: ReadonlySet<string>,
  known: boolean,
): Generator<undefined, Placed[]> {
  const shown = (label: string, apart = QUOTED) =>
    marks.filter((mark) => mark.label === label && !mark.machine && !mark.element.closest(apart));
  const apart = known ? NO_HEADER : QUOTED;
  let senders = sendersAmong(shown('sender', apart), known);
  yield;
  // A list's address stands for whoever wrote through it.
  const lists = new Set(senders.flatMap(({ list, key }) => (list ? key : [])));
  if (lists.size > 0) {
    senders = [...senders.filter(({ key }) => !lists.has(key)), ...shown('reply', apart)];
  }
  const theirs = new Set(senders);
  const people = new Set(senders.map(({ key }) => key));
  const only = highest(senders);
  const recipients = new Set(shown('recipient'));
  const focus =
    people.size === 1 &&
    only?.address !== undefined &&
    !mayBeOwn(only, own) &&
    shown('maybe').every(({ key }) => key === only.key) &&
    !(yield* hasAnother(marks, only)) &&
    (known || (yield* isOnTop(only, isHeader(only), new Set([...recipients].map(({ name = '' }) => name)))));
  yield;
  return marks.map((mark) => {
    if (theirs.has(mark)) return { ...mark, role: 'sender', focus, why: 'header' };
    if (recipients.has(mark)) return { ...mark, role: 'recipient', focus: false, why: 'header' };
    return placeOf(lists.has(mark.key) ? { ...mark, list: true } : mark);
  });
}

/** A page's title may name whose account it is. */
function mayBeOwn({ address = '', element }: Mark, own: ReadonlySet<string>): boolean {
  return (
    own.has(address) || String(element.ownerDocument.title).slice(0, 500).toLowerCase().includes(address)
  );
}

/** Whether somebody else, of whom no label says anything, stands where a header may be. */
function* hasAnother(marks: Mark[], sender: Mark): Generator<undefined, boolean> {
  const table = sender.element.closest('table');
  // A header may be a table of its own.
  const beside = table ? BESIDE : `${BESIDE},tr`;
  let n = 0;
  for (const mark of marks) {
    const { element, address, label, machine, key } = mark;
    if (address === undefined || label || machine || key === sender.key) continue;
    if (++n % 20 === 0) yield;
    if (table ? contains(table, element) : !isBefore(mark, sender)) continue;
    const row = element.closest(beside);
    if (!row || contains(row, sender.element)) return true;
  }
  return false;
}
