import browser from 'webextension-polyfill';
import { type Clock, clockOf } from '../agreement/clock.ts';
import { HOUR } from '../agreement/working-time.ts';
import { isOpen } from '../contract/handover.ts';
import { locale } from '../i18n.ts';
import { type ConnectionState, isGuess } from '../view.ts';
import type { Situation } from './view-of.ts';

const QUIET = '#5b6472';
const URGENT = '#a4330f';

/** The person has to do something before anything is shown again. */
const WANTED: ConnectionState[] = ['signed-out', 'removed', 'locked'];

const shown = new Map<number, string>();

export interface Badge {
  text: string;
  /** Something runs out. */
  urgent?: true;
}

/**
 * The user's own clock that ends first, once it is about to, in working hours (`2h`, `-3h`); else how many people of the
 * page the team knows. Guesses do not count.
 */
export function badgeOf(
  situation: Pick<Situation, 'connection' | 'found' | 'cards' | 'shared' | 'now'>,
): Badge {
  if (WANTED.includes(situation.connection.state)) return { text: '!' };
  const known = situation.found.filter((each) => !isGuess(each));
  const clocks = known.flatMap(({ ids: [id] }) => (id === undefined ? [] : (ownClock(situation, id) ?? [])));
  const first = clocks.sort((a, b) => a.dueAt - b.dueAt)[0];
  if (first) return { text: hoursOf(first), urgent: true };
  return { text: known.length === 0 ? '' : String(known.length) };
}

function ownClock(
  { cards, shared, connection, now }: Pick<Situation, 'connection' | 'cards' | 'shared' | 'now'>,
  contactId: string,
): Clock | undefined {
  const handover = cards.get(contactId)?.card.handovers?.find(isOpen);
  if (!shared?.agreement || !handover || handover.toId !== connection.me) return undefined;
  const clock = clockOf(handover, shared.agreement, now);
  return clock?.state === 'running' ? undefined : clock;
}

/** Whole hours; a badge has room for four letters. */
function hoursOf({ state, working }: Clock): string {
  const hours = Math.min(99, Math.floor(working / HOUR));
  const format = new Intl.NumberFormat(locale(), { style: 'unit', unit: 'hour', unitDisplay: 'narrow' });
  return format.format(state === 'lapsed' ? 0 - hours : hours);
}

/** A tab that is gone meanwhile has no badge. */
export async function showBadge(tabId: number, { text, urgent }: Badge): Promise<void> {
  if (shown.get(tabId) === text) return;
  shown.set(tabId, text);
  try {
    await browser.action.setBadgeBackgroundColor({ color: urgent ? URGENT : QUIET, tabId });
    await browser.action.setBadgeText({ text, tabId });
  } catch {
    shown.delete(tabId);
  }
}

/** The browser takes a tab's badge away by itself when the tab goes elsewhere. */
export function forgetBadge(tabId: number): void {
  shown.delete(tabId);
}
