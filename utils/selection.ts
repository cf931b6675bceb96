import type { KnownPerson, View } from './view.ts';

/**
 * What the panel shows: a contact, or the people of the page who are not known. `matched` finds the contact
 * again whose id was not known at first.
 */
export type Target = { contactId: string; matched?: string } | 'strangers' | undefined;

export const targetFor = ({ contactId, matched }: KnownPerson): Target => ({ contactId, matched });

export interface Selection {
  target: Target;
  /** What the page was about when this was chosen; the choice holds as long as that does. */
  about: string;
}

/** What a page is about: changes when another mail is opened, not when a card is refreshed. */
export function aboutOf(view: View): string {
  const known = view.people.find((person) => person.focus && person.by !== 'hand');
  const stranger = view.strangers.find((person) => person.focus);
  return [view.page.tabId, view.page.host, known?.matched ?? stranger?.address].join(' ');
}

/** Whom to show when nobody has chosen: the person in focus, known or not, else the first one known. */
export function targetOf(view: View): Target {
  const focused = view.people.find((person) => person.focus);
  if (focused) return targetFor(focused);
  if (view.strangers.some((person) => person.focus)) return 'strangers';
  const first = view.people[0];
  if (first) return targetFor(first);
  return view.strangers.length > 0 ? 'strangers' : undefined;
}

export function isThere(view: View, target: Target): boolean {
  if (target === undefined) return false;
  if (target === 'strangers') return view.strangers.length > 0;
  return personOf(view, target) !== undefined;
}

/**
 * The selection after a new view. What the user chose stays while the page is about the same, also while it is
 * still on its way into the view; when another mail is opened the card follows. `last` is what was shown before.
 */
export function follow(chosen: Selection | undefined, last: Selection | undefined, view: View): Selection {
  const about = aboutOf(view);
  const holds = (one: Selection) => one.about === about && isThere(view, one.target);
  if (chosen && holds(chosen)) return chosen;
  // A stranger shown first may turn out to be known a moment later: that list does not stay by itself.
  if (last && typeof last.target === 'object' && holds(last)) return last;
  return { target: targetOf(view), about };
}

export function personOf(view: View, target: Target): KnownPerson | undefined {
  if (typeof target !== 'object') return undefined;
  const { contactId, matched } = target;
  return (
    view.people.find((person) => person.contactId === contactId) ??
    view.people.find((person) => person.matched === matched)
  );
}
