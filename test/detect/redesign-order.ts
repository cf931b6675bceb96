/** Elements trade places wherever their order says nothing; what is seen stays seen, what is hidden hidden. */
import type { Recipe } from '../../utils/contract/recipe.ts';
import { readLabel } from '../../utils/detect/labels.ts';
import { ask, childrenOf, elementsIn, parentOf } from './redesign-tree.ts';

type Numbers = () => number;

/** Their parts have places of their own. */
const APART =
  /^(?:HTML|HEAD|TABLE|COLGROUP|SELECT|OPTGROUP|DATALIST|DETAILS|FIELDSET|FIGURE|PICTURE|VIDEO|AUDIO|OBJECT|MAP|RUBY|FRAMESET|TEMPLATE|PRE)$/;
/** Nothing that is drawn. */
const UNDRAWN = /^(?:SCRIPT|STYLE|LINK|META|TITLE|BASE|TEMPLATE|NOSCRIPT)$/;
/** Parts of a text, which is read from its beginning. */
const PROSE = /^(?:P|BLOCKQUOTE|PRE|HR|BR)$/;
const LINE = /^\s*[\p{L} -]{1,16}\s?[:：]/u;
const BARE = /^(?:class|id|style|data-.*)$/;

/** Messages of a thread, the newest at one end of it; and their bodies, which somebody wrote as they are. */
let messages: ReadonlySet<Node> = new Set();
let bodies: ReadonlySet<Node> = new Set();

/** Notes what has to keep its order, as long as it can be told by its names. */
export function noteOrder(recipe: Recipe | undefined): void {
  const all = (list: readonly { selector: string }[] = []) =>
    list.flatMap(({ selector }) => [...document.querySelectorAll(selector)]);
  const mail = recipe?.kind === 'mail';
  messages = new Set(mail ? [...all(recipe.message), ...document.querySelectorAll('article')] : []);
  bodies = new Set([...all(recipe?.quoted), ...document.querySelectorAll('blockquote')]);
}

function shuffled<T>(random: Numbers, list: readonly T[]): T[] {
  const keyed = list.map((one) => [random(), one] as const);
  return keyed.sort(([a], [b]) => a - b).map(([, one]) => one);
}

const textOf = (node: Node) => String(node.textContent ?? '').trim();
const isMessage = (one: Element) =>
  [...messages].some((message) => Node.prototype.contains.call(one, message));

function isIn(nodes: ReadonlySet<Node>, node: Node): boolean {
  for (let at: Node | undefined = node; at; at = parentOf(at)) if (nodes.has(at)) return true;
  return false;
}

/** What an element is, apart from what was put around it. */
function within(element: Element, wrappers: ReadonlySet<Node>): Element {
  let at = element;
  while (wrappers.has(at)) {
    const [only, ...others] = childrenOf(at);
    if (others.length > 0 || only?.nodeType !== 1) break;
    at = only as Element;
  }
  return at;
}

/** Whether it says what comes after it: a heading, or a label such as `From`; not somebody with an address. */
function leads(element: Element): boolean {
  if (element.outerHTML.includes('@')) return false;
  if (/^(?:H[1-6]|LEGEND|LABEL|DT|CAPTION|SUMMARY)$/.test(element.tagName)) return true;
  if (ask.get(element, 'role') === 'heading') return true;
  const text = ask.size(element) > 20 ? '' : textOf(element);
  return text.length < 25 && (/[:：]$/.test(text) || readLabel(text) !== undefined);
}

/** Whether the order of such siblings says nothing wherever they stand: rows of a list or table, lines of a header. */
function areRows(list: readonly Element[]): boolean {
  const [first] = list;
  if (!first || list.some((one) => one.tagName !== first.tagName || isMessage(one))) return false;
  if (/^(?:TR|LI|OPTION)$/.test(first.tagName)) return true;
  if (/^(?:row|option|listitem)$/.test(ask.get(first, 'role'))) return true;
  return list.every((one) => LINE.test(textOf(one)) && textOf(one).length < 200);
}

/** Whether such siblings are parts of a page rather than of a text. */
function areParts(list: readonly Element[]): boolean {
  const inLine = (one: Element) => getComputedStyle(one).display.startsWith('inline');
  if (list.every((one) => !inLine(one))) return true;
  // In one line: only what says more than words, and no pieces of an address.
  return list.every(
    (one) =>
      (one.children.length > 0 || ask.names(one).some((name) => !BARE.test(name))) &&
      /^[^@]*(?:\S@\S+\.\S[^@]*)?$/.test(textOf(one)),
  );
}

/** What moves as one: a label goes with all that it is the label of. */
function unitsOf(list: readonly Element[], wrappers: ReadonlySet<Node>): Element[][] {
  const units: Element[][] = [];
  let led: Element[] | undefined;
  for (const one of list) {
    if (leads(within(one, wrappers))) {
      // Several in a row say something together: `dt` after `dt`, a title under a title.
      if (led?.every((other) => leads(within(other, wrappers)))) led.push(one);
      else {
        led = [one];
        units.push(led);
      }
    } else if (led) led.push(one);
    else units.push([one]);
  }
  return units;
}

/** The units in another order; those with messages keep theirs among themselves. */
function mixed(random: Numbers, units: readonly Element[][]): Element[] {
  const timed = units.filter((unit) => unit.some(isMessage));
  const out = shuffled(random, units);
  const places = out.flatMap((unit, n) => (timed.includes(unit) ? n : []));
  for (const [n, place] of places.entries()) out[place] = timed[n] ?? [];
  return out.flat();
}

/** Puts elements into each other's places, so that what stands between stays there. */
function place(parent: Element, from: readonly Element[], to: readonly Element[]): void {
  const places = from.map((one) => {
    const mark = document.createComment('');
    ask.put(parent, mark, one);
    return mark;
  });
  for (const [n, one] of to.entries()) ask.put(parent, one, places[n]);
  for (const mark of places) mark.remove();
}

/** Columns trade places, the same ones in each row, unless the first one says what is in the others. */
function reorderColumns(random: Numbers, rows: readonly Element[]): void {
  const cells = rows.map((row) => childrenOf(row).filter((one): one is Element => one.nodeType === 1));
  const [first = []] = cells;
  const even = cells.every(
    (row) =>
      row.length === first.length && row.every((cell) => !ask.names(cell).some((name) => /span$/.test(name))),
  );
  if (rows.length < 2 || first.length < 2 || !even) return;
  const labelled = cells.some(([cell], n) => cell && (leads(cell) || (n > 0 && cell.tagName === 'TH')));
  // Of two columns without a heading, one may be what the other is called.
  if (labelled || (first.length < 3 && first.every(({ tagName }) => tagName !== 'TH'))) return;
  const order = shuffled(random, [...first.keys()]);
  for (const [n, row] of rows.entries()) {
    const there = cells[n] ?? [];
    place(
      row,
      there,
      order.flatMap((column) => there[column] ?? []),
    );
  }
}

/** Rows, columns and blocks trade places; `wrappers` are those that were put in before. */
export function shuffle(random: Numbers, wrappers: ReadonlySet<Node>): void {
  const undrawn = new Set(document.querySelectorAll('svg, svg *, head *, template *'));
  for (const parent of elementsIn(document)) {
    if (APART.test(parent.tagName) || undrawn.has(parent) || parent.tagName === 'TR') continue;
    const nodes = childrenOf(parent);
    const elements = nodes.filter((one): one is Element => one.nodeType === 1 && !UNDRAWN.test(one.nodeName));
    const body = elements.filter((one) => !ask.has(one, ':scope > th') || ask.has(one, 'td'));
    if (elements[0]?.tagName === 'TR') reorderColumns(random, elements);
    if (body.length < 2) continue;
    if (areRows(body)) {
      place(parent, body, shuffled(random, body));
    } else if (
      !nodes.some((one) => one.nodeType === 3 && /[^\s,;·•|]/.test(textOf(one))) &&
      !isIn(bodies, parent)
    ) {
      const prose = elements.some((one) => PROSE.test(within(one, wrappers).tagName));
      if (prose || !areParts(elements)) continue;
      place(parent, elements, mixed(random, unitsOf(elements, wrappers)));
    }
  }
}
