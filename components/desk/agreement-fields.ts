import type { Agreement, AgreementDraft } from '../../utils/contract/agreement.ts';
import { draftOfAgreement } from '../../utils/contract/agreement.ts';
import type { Shift } from '../../utils/contract/calendar.ts';
import { t } from '../../utils/i18n.ts';

/** An agreement as a form holds it: every field is text. */
export interface AgreementFields extends Record<string, string> {
  hours: string;
  zone: string;
  /** `week0` (Monday) to `week6`: `09:00-12:00 13:00-17:00`. */
  week0: string;
  week1: string;
  week2: string;
  week3: string;
  week4: string;
  week5: string;
  week6: string;
  /** Days with blanks between; and the one that is about to be added. */
  holidays: string;
  holiday: string;
  /** Ids, and names of fields, with blanks between. */
  stageIds: string;
  leadTypeIds: string;
  needs: string;
  /** Hours, with anything between. */
  remindHours: string;
  /** JSON of the list. */
  reasons: string;
  perDay: string;
  quietDays: string;
  leads: string;
  fit: string;
  answerHours: string;
  words: string;
}

/** Where what is half typed about the agreement lies. */
export const AGREEMENT_FORM = 'agreed/agreement';

export const DAYS = ['week0', 'week1', 'week2', 'week3', 'week4', 'week5', 'week6'] as const;
export type DayName = (typeof DAYS)[number];

/** As inputs of time have it: a day that ends at midnight ends at `00:00`. */
const shiftText = ({ from, to }: Shift) => `${from}-${to === '24:00' ? '00:00' : to}`;

const text = (value: number | undefined) => (value === undefined ? '' : String(value));

export function agreementFieldsOf({
  calendar,
  criteria,
  marketing,
  ...draft
}: AgreementDraft): AgreementFields {
  const day = (nth: number) => (calendar.week[nth] ?? []).map(shiftText).join(' ');
  return {
    hours: text(draft.hours),
    zone: calendar.zone,
    ...{
      week0: day(0),
      week1: day(1),
      week2: day(2),
      week3: day(3),
      week4: day(4),
      week5: day(5),
      week6: day(6),
    },
    holidays: calendar.holidays.toSorted().join(' '),
    holiday: '',
    stageIds: criteria.stageIds.join(' '),
    leadTypeIds: criteria.leadTypeIds.join(' '),
    needs: criteria.needs.join(' '),
    remindHours: draft.remindHours.join(', '),
    reasons: JSON.stringify(draft.reasons),
    perDay: text(draft.perDay),
    quietDays: text(draft.quietDays),
    leads: text(marketing.leads),
    fit: text(marketing.fit),
    answerHours: text(marketing.answerHours),
    words: '',
  };
}

/** What two teams may begin with, in the zone of whoever proposes it. */
function usual(): AgreementDraft {
  const office = [{ from: '09:00', to: '17:00' }];
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return {
    hours: 24,
    calendar: { zone: timeZone, week: [office, office, office, office, office, [], []], holidays: [] },
    criteria: { stageIds: [], leadTypeIds: [], needs: [] },
    remindHours: [4],
    reasons: [
      { id: 'timing', label: t('reasonTiming') },
      { id: 'fit', label: t('reasonFit') },
      { id: 'reach', label: t('reasonReach') },
      { id: 'contact', label: t('reasonContact') },
    ],
    perDay: 50,
    quietDays: 7,
    marketing: {},
  };
}

/** What the form starts with. */
export const agreementStart = (agreement: Agreement | undefined): AgreementFields =>
  agreementFieldsOf(agreement ? draftOfAgreement(agreement) : usual());

export const listed = (words: string): string[] => words.split(' ').filter((one) => one !== '');

/** A stretch of a day as it is typed, either end of which may be empty. */
interface Span {
  from: string;
  to: string;
}

/** Those of a day, each with its place. */
export const spansIn = (day: string): (Span & { nth: number })[] =>
  listed(day).map((span, nth) => {
    const [from = '', to = ''] = span.split('-');
    return { nth, from, to };
  });

export const spansText = (spans: readonly Span[]): string =>
  spans.map(({ from, to }) => `${from}-${to}`).join(' ');

type Reason = AgreementDraft['reasons'][number];

export function reasonsIn({ reasons }: Pick<AgreementFields, 'reasons'>): Reason[] {
  try {
    const all: unknown = JSON.parse(reasons);
    return Array.isArray(all) ? all.flatMap(reasonIn) : [];
  } catch {
    return [];
  }
}

function reasonIn(one: Partial<Reason> | null): Reason[] {
  const { id, label } = one ?? {};
  return typeof id === 'string' && typeof label === 'string' ? [{ id, label }] : [];
}
