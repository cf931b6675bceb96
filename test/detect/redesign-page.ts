/**
 * What the redesign test does to a page, in the page: names are scrambled, wrappers put in, siblings shuffled. What is
 * visible stays as it was, since a redesign is made to be looked at.
 */
import { fitting } from '../../utils/detect/fitting.ts';
import { recipesAt } from '../../utils/detect/sites/index.ts';
import { seeded } from '../series.ts';
import { Looks } from './redesign-looks.ts';
import { noteOrder, shuffle } from './redesign-order.ts';
import { ask, childrenOf, elementsIn, parentOf } from './redesign-tree.ts';

/** Attributes that name ids, one or several. */
const REFERENCES = [
  ...['for', 'headers', 'list', 'form', 'itemref', 'aria-labelledby', 'aria-describedby', 'aria-controls'],
  ...['aria-owns', 'aria-activedescendant', 'aria-details', 'aria-flowto'],
];
/** Nothing of these may have anything else around it or inside it. */
const FIXED =
  /^(?:HTML|HEAD|BODY|SCRIPT|STYLE|TEMPLATE|NOSCRIPT|TITLE|META|LINK|BASE|BR|WBR|HR|IMG|INPUT|SELECT|OPTION|OPTGROUP|TEXTAREA|IFRAME|FRAME|FRAMESET|OBJECT|EMBED|VIDEO|AUDIO|SOURCE|TRACK|CANVAS|PICTURE|MAP|AREA|COL|COLGROUP|LEGEND|SUMMARY|SLOT)$/;
/** Their place is fixed by what they stand in: a wrapper goes around what is inside. */
const PARTS = /^(?:LI|TD|TH|DT|DD|CAPTION|FIGCAPTION|ARTICLE|SECTION|MAIN|HEADER|FOOTER|NAV|ASIDE)$/;
const TABLE = /^(?:TABLE|THEAD|TBODY|TFOOT|TR|DL|UL|OL|MENU|DETAILS|FIELDSET|RUBY|RP|RT)$/;
const PHRASING =
  /^(?:A|ABBR|ADDRESS|B|BDI|BDO|BUTTON|CITE|CODE|DEL|DFN|EM|FONT|I|INS|KBD|LABEL|MARK|NOBR|Q|S|SAMP|SMALL|SPAN|STRONG|SUB|SUP|TIME|TT|U|VAR|H[1-6]|P)$/;

let looks: Looks;
let wrappers: ReadonlySet<Element> = new Set();

type Numbers = () => number;
const word = (random: Numbers) =>
  Array.from({ length: 6 }, () => 'bcdfghjkmnpqrstvwxz'.charAt(random() * 19)).join('');

/** Notes what has to stay as it is. Answers how many elements there are. */
export function begin(): number {
  noteOrder(fitting(document, recipesAt(location.hostname)));
  looks = new Looks(elementsIn(document));
  return looks.size;
}

/** Every class name, id and data attribute gets another name, the same one throughout the page. */
export function scramble(seed: number): void {
  const random = seeded(seed);
  const taken = new Map<string, string>();
  const renamed = (kind: string, name: string): string => {
    const key = `${kind} ${name}`;
    const there = taken.get(key);
    if (there !== undefined) return there;
    const fresh = `x${word(random)}${taken.size}`;
    taken.set(key, fresh);
    return fresh;
  };
  const words = (kind: string, text: string) =>
    text.split(/(\s+)/).map((word) => (/\S/.test(word) ? renamed(kind, word) : word));
  for (const element of elementsIn(document)) {
    for (const name of ask.names(element)) {
      const value = ask.get(element, name);
      if (name === 'class') ask.set(element, name, words('.', value).join(''));
      else if (name === 'id') ask.set(element, name, renamed('#', value));
      else if (REFERENCES.includes(name)) ask.set(element, name, words('#', value).join(''));
      else if (/^#./.test(value) && /^(?:xlink:)?href$/.test(name)) {
        ask.set(element, name, `#${renamed('#', value.slice(1))}`);
      } else if (name.startsWith('data-')) {
        ask.unset(element, name);
        ask.set(element, `data-${renamed('data', name)}`, value.includes('@') ? value : renamed('=', value));
      }
    }
  }
  looks.follow(renamed);
}

/** Moving what holds more than this over and over would take minutes. */
const HELD_MAX = 2000;

/** Around every other element stands another one, as fits: `span` around what is in a line, `div` else. */
export function wrap(seed: number): void {
  const random = seeded(seed + 1000);
  const elements = elementsIn(document);
  // All asked before anything moves, which would have the browser work out the styles anew each time.
  const inLine = new Set<Node>(elements.filter(isInLine));
  const apart = new Set(document.querySelectorAll('svg, svg *, head *, template *'));
  const put = new Set<Element>();
  for (const element of elements) {
    const parent = parentOf(element);
    if (!parent || FIXED.test(element.tagName) || apart.has(element)) continue;
    if (random() < 0.5 || ask.size(element) > HELD_MAX) continue;
    const inside = PARTS.test(element.tagName);
    if (!inside && (TABLE.test(parent.nodeName) || TABLE.test(element.tagName))) continue;
    const children = inside ? childrenOf(element) : [element];
    const fits = children.every((node) => node.nodeType !== 1 || inLine.has(node));
    const wrapper = document.createElement(fits ? 'span' : 'div');
    wrapper.className = `w${word(random)}`;
    if (inside) ask.put(element, wrapper);
    else ask.put(parent, wrapper, element);
    for (const child of children) ask.put(wrapper, child);
    put.add(wrapper);
  }
  looks.unwrap(put);
  wrappers = put;
}

function isInLine(element: Element): boolean {
  return PHRASING.test(element.nodeName) && getComputedStyle(element).display.startsWith('inline');
}

/** Rows, columns, blocks: whatever has an order that says nothing. */
export function reorder(seed: number): void {
  shuffle(seeded(seed + 2000), wrappers);
  looks.hold();
}
