import {
  AGREED_MOST,
  AGREED_RANGE,
  type AgreementDraft,
  problemsOf,
} from '../../utils/contract/agreement.ts';
import type { Shift } from '../../utils/contract/calendar.ts';
import { t } from '../../utils/i18n.ts';
import type { View } from '../../utils/view.ts';
import { NEEDS } from '../needs.ts';
import { type AgreementFields, DAYS, listed, reasonsIn, spansIn } from './agreement-fields.ts';

/** What of the form is not right, and what to do, by field. */
export type AgreementProblems = Partial<Record<keyof typeof AGREED_RANGE | FormPart, string>>;
type FormPart = (typeof DAYS)[number] | 'week' | 'stageIds' | 'leadTypeIds' | 'reasons';

/** What the form says; the draft only when nothing is wrong with it. */
export interface ReadAgreement {
  draft?: AgreementDraft;
  problems: AgreementProblems;
}

export function readAgreement(fields: AgreementFields, view: View): ReadAgreement {
  const problems: AgreementProblems = {};
  const number = (name: keyof typeof AGREED_RANGE, words = fields[name] ?? '') => {
    const value = wholeIn(words, name);
    if (value === undefined) problems[name] = t('wholeBetween', ...AGREED_RANGE[name]);
    return value ?? 0;
  };
  const optional = (name: 'leads' | 'fit' | 'answerHours') =>
    fields[name].trim() === '' ? {} : { [name]: number(name) };
  const week = DAYS.map((day) => {
    const shifts = shiftsIn(fields[day]);
    if (typeof shifts === 'string') problems[day] = shifts;
    return typeof shifts === 'string' ? [] : shifts;
  });
  const remindHours = fields.remindHours.split(/[\s,;]+/).filter((one) => one !== '');
  const draft: AgreementDraft = {
    hours: number('hours'),
    calendar: { zone: fields.zone, week, holidays: [...new Set(listed(fields.holidays))].sort() },
    criteria: {
      stageIds: listed(fields.stageIds),
      leadTypeIds: listed(fields.leadTypeIds),
      needs: NEEDS.filter((need) => listed(fields.needs).includes(need)),
    },
    remindHours: [...new Set(remindHours.map((one) => number('remindHours', one)))].sort((a, b) => b - a),
    reasons: reasonsIn(fields).map(({ id, label }) => ({ id, label: label.trim() })),
    perDay: number('perDay'),
    quietDays: number('quietDays'),
    marketing: { ...optional('leads'), ...optional('fit'), ...optional('answerHours') },
  };
  judge(draft, problems, view);
  return { problems, ...(Object.keys(problems).length === 0 && { draft }) };
}

/** What is wrong though each field for itself is well. */
function judge(draft: AgreementDraft, problems: AgreementProblems, view: View): void {
  const wrong = (name: keyof AgreementProblems, words: string) => {
    problems[name] ??= words;
  };
  if (draft.reasons.length === 0) wrong('reasons', t('reasonMissing'));
  if (draft.reasons.some(({ label }) => label === '')) wrong('reasons', t('reasonEmpty'));
  if (draft.remindHours.length > AGREED_MOST.reminders)
    wrong('remindHours', t('remindersMost', AGREED_MOST.reminders));
  const known = new Set([...view.stages, ...view.types].flatMap(({ id, retired }) => (retired ? [] : [id])));
  const badDay = DAYS.some((day) => problems[day] !== undefined);
  for (const problem of problemsOf(draft, known)) {
    if (problem === 'calendar' && !badDay) wrong('week', t('noWorkingTime'));
    if (problem === 'remind' && !problems.hours) wrong('remindHours', t('remindsTooEarly'));
    if (problem === 'reasons') wrong('reasons', t('reasonsAlike'));
    if (problem === 'stages') wrong('stageIds', t('stageRetired'));
    if (problem === 'types') wrong('leadTypeIds', t('typeRetired'));
  }
}

function wholeIn(words: string, name: keyof typeof AGREED_RANGE): number | undefined {
  const [least, most] = AGREED_RANGE[name];
  const value = /^\d{1,6}$/.test(words.trim()) ? Number(words) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
}

/** The hours of a day in order, or what is wrong with them. */
function shiftsIn(day: string): Shift[] | string {
  const shifts = spansIn(day).map(({ from, to }) => ({ from, to: to === '00:00' ? '24:00' : to }));
  if (shifts.some(({ from, to }) => from === '' || to === '')) return t('timesMissing');
  if (shifts.some(({ from, to }) => from >= to)) return t('endsBefore');
  const inOrder = shifts.toSorted((a, b) => a.from.localeCompare(b.from));
  const overlap = inOrder.some(({ from }, nth) => nth > 0 && (inOrder[nth - 1]?.to ?? '') > from);
  return overlap ? t('hoursOverlap') : inOrder;
}
