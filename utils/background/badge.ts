import browser from 'webextension-polyfill';
import { type ConnectionState, isGuess } from '../view.ts';
import type { Situation } from './view-of.ts';

const QUIET = '#5b6472';

/** The person has to do something before anything is shown again. */
const WANTED: ConnectionState[] = ['signed-out', 'removed', 'locked'];

const shown = new Map<number, string>();

/** How many people of the page the team knows; a guess does not count. */
export function badgeOf({ connection, found }: Pick<Situation, 'connection' | 'found'>): string {
  if (WANTED.includes(connection.state)) return '!';
  const count = found.filter((each) => !isGuess(each)).length;
  return count === 0 ? '' : String(count);
}

/** A tab that is gone meanwhile has no badge. */
export async function showBadge(tabId: number, text: string): Promise<void> {
  if (shown.get(tabId) === text) return;
  shown.set(tabId, text);
  try {
    await browser.action.setBadgeBackgroundColor({ color: QUIET, tabId });
    await browser.action.setBadgeText({ text, tabId });
  } catch {
    shown.delete(tabId);
  }
}

/** The browser takes a tab's badge away by itself when the tab goes elsewhere. */
export function forgetBadge(tabId: number): void {
  shown.delete(tabId);
}
