import { couldHide, hidesLetters, judge, type State } from './hidden.ts';
import { DEPTH_MAX, rootOf } from './marks.ts';

/** Places asked about for one report: all marks, and what a recipe points to. */
const CHECKS_MAX = 6000;
/** What stands in these is drawn by nobody. */
const FALLBACK = /^(?:canvas|video|audio|iframe|object|meter|progress|desc|metadata|defs)$/i;

interface Seen {
  look: Look;
  state: State;
  /** In a draft, or in what the recipe leaves out. */
  ignored: boolean;
}

/** What the style of one kind of element could hide. */
class Look {
  /** Everything inside: to be measured on each element. */
  readonly shape: boolean;
  /** Its own letters. */
  readonly ink: boolean;
  readonly fallback: boolean;
  /** By tag, then class. */
  readonly kinds = new Map<string, Map<string, Look>>();
  readonly shown: Seen = { look: this, state: 'shown', ignored: false };

  constructor(element: Element, style: CSSStyleDeclaration) {
    this.fallback = FALLBACK.test(element.tagName);
    this.shape = this.fallback || couldHide(style);
    this.ink = hidesLetters(style);
  }
}

/**
 * What of a page is to be seen, each element asked once. Elements of one tag and class under the same kinds of
 * parents are taken to look alike, unless they have an id or a style of their own: asking the browser for every
 * element's style would cost more than the whole reading.
 */
export class Sight {
  readonly #view: Window | null;
  readonly #draft: string;
  readonly #ignore: string | undefined;
  readonly #seen = new Map<Element, Seen>();
  readonly #visible = new Map<Element, boolean>();
  readonly #root: Look | undefined;
  /** A form's own `matches` may be a field of it. */
  readonly #matches = Element.prototype.matches;

  /** More was asked than is looked at: what was not counts as hidden, and may be seen. */
  spent = false;

  /** `draft`: a selector that needs an attribute; `ignore`: any. */
  constructor(doc: Document, draft: string, ignore: string | undefined) {
    this.#view = doc.defaultView;
    this.#draft = draft;
    this.#ignore = ignore;
    const root = rootOf(doc);
    this.#root = this.#view && root ? new Look(root, this.#view.getComputedStyle(root)) : undefined;
  }

  /** Whether an element's text is to be seen. */
  shows(element: Element): boolean {
    let visible = this.#visible.get(element);
    if (visible === undefined) {
      if (this.#visible.size >= CHECKS_MAX) {
        this.spent = true;
        return false;
      }
      visible = this.#shows(element);
      this.#visible.set(element, visible);
    }
    return visible;
  }

  /** Whether an element's text is to be seen, and meant for us. */
  gives(element: Element): boolean {
    return this.shows(element) && this.#see(element)?.ignored === false;
  }

  #shows(element: Element): boolean {
    // A folded element is itself shown; text directly in it is not.
    if (element.tagName === 'DETAILS' && !element.hasAttribute('open')) return false;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const seen = this.#see(element);
    if (seen?.state !== 'shown') return false;
    return !(seen.look.ink && element.childElementCount === 0 && hidesLetters(this.#style(element)));
  }

  #style(element: Element): CSSStyleDeclaration {
    return (this.#view ?? window).getComputedStyle(element);
  }

  #see(element: Element): Seen | undefined {
    const path: Element[] = [];
    let last = this.#root?.shown;
    for (let at: Element | null = element; at && path.length < DEPTH_MAX; at = at.parentElement) {
      const known = this.#seen.get(at);
      if (known !== undefined) {
        last = known;
        break;
      }
      path.push(at);
    }
    for (let n = path.length - 1; n >= 0 && last; n--) {
      const at = path[n];
      if (at === undefined) continue;
      last = this.#below(last, at);
      this.#seen.set(at, last);
    }
    return last;
  }

  #below(above: Seen, element: Element): Seen {
    const bare = !element.hasAttributes();
    const ignored = above.ignored || this.#isIgnored(element, bare);
    const look = this.#look(above.look, element, bare);
    if (!look.shape && !ignored && above.state === 'shown') return look.shown;
    let { state } = above;
    if (look.fallback) state = 'hidden';
    else if (look.shape) state = judge(element, this.#style(element), state);
    return { look, state, ignored };
  }

  #isIgnored(element: Element, bare: boolean): boolean {
    if (!bare && this.#matches.call(element, this.#draft)) return true;
    return this.#ignore !== undefined && this.#matches.call(element, this.#ignore);
  }

  #look(above: Look, element: Element, bare: boolean): Look {
    if (!bare && (element.hasAttribute('style') || element.id !== '')) {
      return new Look(element, this.#style(element));
    }
    const { tagName } = element;
    const className = bare ? '' : element.className;
    let classes = above.kinds.get(tagName);
    if (classes === undefined) {
      classes = new Map();
      above.kinds.set(tagName, classes);
    }
    let look = classes.get(className);
    if (look === undefined) {
      look = new Look(element, this.#style(element));
      classes.set(className, look);
    }
    return look;
  }
}
