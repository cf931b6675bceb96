import { headliner } from './headline.ts';
import type { Placed } from './recipe.ts';
import type { Role } from './types.ts';

/** What a frame was read as. */
export interface Page {
  doc: Document;
  visible: (element: Element) => boolean;
  /** It holds a message's text. */
  body: boolean;
  /** The page's address names somebody's profile. */
  profile: boolean;
  /** A recipe fits the page. */
  known: boolean;
  /** The page's address says that a message is open, and the recipe finds none. */
  lost: boolean;
}

/** Whoever is in focus, by the people that a recipe has found, and the others. */
export interface About {
  people: ReadonlySet<Placed>;
  /** What this makes of them, where it says more than how they were found. */
  role?: Role;
}

export const NOBODY: About = { people: new Set() };

/**
 * Whom a frame is about. The first of these that applies decides, also where it comes to nobody: nobody is better
 * than somebody wrong. Each of the two lists names at most one person as its own finding (`focus`).
 *
 * 1. A message's text is about nobody: a stranger wrote it.
 * 2. A profile is about its owner, who is told apart from everybody on it (`profileOf`).
 * 3. By its recipe: the sender of the newest open message, or the only one a draft is to, or the other side of a talk.
 *    Where a message should be open and is not found, nobody: a draft beside it is not what the page is about.
 * 4. By labels: the only sender.
 * 5. On a page that is no site of ours, without any sender: whoever's name is its only heading.
 */
export function whoIsAbout(page: Page, byRecipe: Placed[], others: Placed[]): About {
  const inFocus = (list: Placed[]) => list.filter(({ focus }) => focus);
  if (page.body || page.profile) return NOBODY;
  const people = [...(page.lost ? [] : inFocus(byRecipe)), ...inFocus(others)];
  const senders = [...byRecipe, ...others].some(({ role }) => role === 'sender');
  if (people.length > 0 || page.known || senders) return { people: new Set(people) };
  return { people: new Set(headliner(page.doc, others, page.visible)), role: 'profile' };
}
