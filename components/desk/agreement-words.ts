import type { AgreementDraft } from '../../utils/contract/agreement.ts';
import type { Shift } from '../../utils/contract/calendar.ts';
import { fullDay, weekday } from '../../utils/format.ts';
import { type MessageKey, plural, t } from '../../utils/i18n.ts';
import type { View } from '../../utils/view.ts';
import { needLabel } from '../needs.ts';
import { definitionOf } from '../records.ts';
import { type Difference, differing } from './differences-of.ts';

const shiftWords = (shifts: readonly Shift[]): string =>
  shifts.map(({ from, to }) => `${from}–${to}`).join(', ');

/** Days that follow each other with the same hours are one: `Mon to Fri 09:00–17:00; Sat 10:00–14:00`. */
export function weekWords(week: AgreementDraft['calendar']['week']): string {
  const runs: { from: number; to: number; hours: string }[] = [];
  for (const [day, shifts] of week.entries()) {
    const hours = shiftWords(shifts);
    const last = runs.at(-1);
    if (last && last.to === day - 1 && last.hours === hours) last.to = day;
    else if (hours) runs.push({ from: day, to: day, hours });
  }
  return runs
    .map(({ from, to, hours }) => {
      const [first, last] = [from, to].map((day) => weekday(day, 'short'));
      return `${from === to ? first : t('daysTo', first ?? '', last ?? '')} ${hours}`;
    })
    .join('; ');
}

const namesOf = (ids: readonly string[], view: View, none: MessageKey): string => {
  const named = ids.map((id) => definitionOf(view, id)).filter((one) => one !== undefined);
  const inOrder = named.sort((a, b) => a.order - b.order).map(({ label }) => label);
  return ids.length === 0 ? t(none) : inOrder.join(', ') || t('somethingGone');
};

const hours = (count: number | undefined) =>
  count === undefined ? undefined : plural('workingHours', count);
const number = (count: number | undefined) => (count === undefined ? undefined : String(count));

/** What an agreement says, in the order of its form. */
function wordsOf(draft: AgreementDraft | undefined, view: View): [MessageKey, string | undefined][] {
  const { calendar, criteria, marketing } = draft ?? {};
  return [
    ['agreedHours', hours(draft?.hours)],
    ['agreedZone', calendar?.zone],
    ['agreedWeek', calendar && weekWords(calendar.week)],
    ['agreedHolidays', calendar?.holidays.toSorted().map(fullDay).join(', ')],
    ['agreedStages', criteria && namesOf(criteria.stageIds, view, 'anyStage')],
    ['agreedTypes', criteria && namesOf(criteria.leadTypeIds, view, 'anyLeadType')],
    ['agreedNeeds', criteria?.needs.map(needLabel).join(', ')],
    ['agreedRemind', draft?.remindHours.map((before) => plural('workingHours', before)).join(', ')],
    ['agreedReasons', draft?.reasons.map(({ label }) => label).join(', ')],
    ['agreedPerDay', number(draft?.perDay)],
    ['agreedQuiet', draft && plural('days', draft.quietDays)],
    ['agreedLeads', number(marketing?.leads)],
    ['agreedFit', number(marketing?.fit)],
    ['agreedAnswer', hours(marketing?.answerHours)],
  ];
}

/**
 * What of an agreement would be otherwise.
 * @param before undefined: there is none yet, and all that is said is new
 */
export const agreementDifferences = (
  before: AgreementDraft | undefined,
  after: AgreementDraft,
  view: View,
): Difference[] => differing(wordsOf(before, view), wordsOf(after, view));
