import { ask, childrenOf, parentOf } from './redesign-tree.ts';

/** What decides whether an element, or text in it, is to be seen. */
const SEEN = [
  ...['display', 'visibility', 'opacity', 'position', 'clip', 'clip-path', 'overflow-x', 'overflow-y'],
  ...['transform', 'translate', 'scale', 'filter', 'font-size', 'text-indent', 'color', 'content-visibility'],
  ...['-webkit-text-fill-color', 'left', 'top', 'margin-left', 'direction', 'unicode-bidi'],
] as const;
/** What a change of the surroundings changes without hiding anything. */
const FREE = new Set(['display', 'left', 'top']);
const PLACES = new Set(['left', 'top']);

type Renamed = (kind: string, name: string) => string;

/** How the elements of a page look, and that they go on looking so. */
export class Looks {
  readonly #before: Map<Element, string[]>;
  readonly #shown: Set<Element>;

  constructor(elements: Element[]) {
    this.#before = new Map(elements.map((element) => [element, now(element)]));
    this.#shown = new Set(elements.filter((element) => element.checkVisibility()));
  }

  get size(): number {
    return this.#before.size;
  }

  /** Styles go by the new names; where a selector cannot (`[class*="x"]`), the elements keep their look themselves. */
  follow(renamed: Renamed): void {
    for (const sheet of document.styleSheets) renameIn(sheet.cssRules, renamed);
    this.hold(new Set());
  }

  /** Elements that look otherwise, by a rule that goes by names or by places, get their look back as a style of their own. */
  hold(but: ReadonlySet<string> = PLACES): void {
    for (const [element, before] of this.#before) {
      const after = now(element);
      const lost = SEEN.filter((name, n) => !but.has(name) && after[n] !== before[n]);
      if (lost.length === 0) continue;
      const style = lost.map((name) => `${name}:${before[SEEN.indexOf(name)]}`).join(';');
      ask.set(element, 'style', `${ask.get(element, 'style')};${style}`);
    }
  }

  /** Takes wrappers out again that change what is to be seen. */
  unwrap(wrappers: ReadonlySet<Element>): void {
    const put = new Set(wrappers);
    for (const [element, before] of this.#before) {
      for (;;) {
        const after = now(element);
        const same = SEEN.every((name, n) => FREE.has(name) || after[n] === before[n]);
        if (same && this.#shown.has(element) === element.checkVisibility()) break;
        const around = nearest(element, put);
        if (!around) break;
        put.delete(around);
        const parent = parentOf(around);
        for (const child of parent ? childrenOf(around) : []) if (parent) ask.put(parent, child, around);
        ask.remove(around);
      }
    }
  }
}

function now(element: Element): string[] {
  const style = getComputedStyle(element);
  return SEEN.map((name) => style.getPropertyValue(name));
}

function nearest(element: Element, put: ReadonlySet<Element>): Element | undefined {
  for (let at: Node | undefined = element; at; at = parentOf(at)) {
    const child = childrenOf(at).find((one): one is Element => put.has(one as Element));
    if (put.has(at as Element)) return at as Element;
    if (at === element && child) return child;
  }
  return undefined;
}

function renameIn(rules: CSSRuleList, renamed: Renamed): void {
  for (const rule of rules) {
    if (rule instanceof CSSStyleRule) rule.selectorText = renameSelector(rule.selectorText, renamed);
    if (rule instanceof CSSGroupingRule || rule instanceof CSSStyleRule) renameIn(rule.cssRules, renamed);
  }
}

function renameSelector(selector: string, renamed: Renamed): string {
  return selector
    .split(/(\[[^\]]*\])/)
    .map((part) => {
      const data = /^\[(data-[\w-]+)(?:(\W?=)"([^"]*)")?(.*)\]$/.exec(part);
      if (data) {
        const [, name = '', equals, value = '', flag = ''] = data;
        const rest = equals === undefined ? '' : `${equals}"${renamed('=', value)}"`;
        return `[data-${renamed('data', name)}${rest}${flag}]`;
      }
      if (part.startsWith('[')) return part;
      return part.replace(/([.#])((?:[\w-]|[^\0-\x7f])+)/g, (_, kind: string, name: string) => {
        return kind + renamed(kind, name);
      });
    })
    .join('');
}
