import * as v from 'valibot';
import { Id, Instant, Int, Revision, text } from './base.ts';
import { HOLIDAYS_MAX, hasWorkingTime, WorkingCalendar } from './calendar.ts';
import { FieldName } from './definition.ts';

/** The least and the most of each number. */
export const AGREED_RANGE = {
  hours: [1, 400],
  remindHours: [1, 400],
  perDay: [1, 1000],
  quietDays: [0, 90],
  leads: [1, 100_000],
  fit: [1, 100],
  answerHours: [1, 400],
} as const;
/** How many there can be of each, and how long a reason is. */
export const AGREED_MOST = { reminders: 5, reasons: 20, reasonLength: 80, holidays: HOLIDAYS_MAX } as const;

const whole = (name: keyof typeof AGREED_RANGE) => {
  const [least, most] = AGREED_RANGE[name];
  return v.pipe(Int, v.minValue(least), v.maxValue(most));
};

/** Why a lead may be sent back. */
const Reason = v.object({ id: text(40), label: text(AGREED_MOST.reasonLength) });

/** What marketing promises in return. */
const MarketingSide = v.object({
  /** Leads handed over in a month. */
  leads: v.optional(whole('leads')),
  /** Of a hundred, how many are not sent back. */
  fit: v.optional(whole('fit')),
  /** Working hours until a lead that was sent back is answered. */
  answerHours: v.optional(whole('answerHours')),
});

/** What the two teams owe each other when a lead goes from one to the other; all of it, as it is to be. */
export const AgreementDraft = v.object({
  /** Working hours from the offer to the first touch by sales. */
  hours: whole('hours'),
  calendar: WorkingCalendar,
  /** A contact is ready who is in one of these stages (none named: in any), of these lead types, with this known. */
  criteria: v.object({
    stageIds: v.pipe(v.array(Id), v.maxLength(50)),
    leadTypeIds: v.pipe(v.array(Id), v.maxLength(50)),
    needs: v.pipe(v.array(FieldName), v.maxLength(FieldName.options.length)),
  }),
  /** So many working hours before the end, whose it is is reminded. */
  remindHours: v.pipe(v.array(whole('remindHours')), v.maxLength(AGREED_MOST.reminders)),
  /** Why a lead may be sent back. */
  reasons: v.pipe(v.array(Reason), v.minLength(1), v.maxLength(AGREED_MOST.reasons)),
  /** Handovers in a day at most, of the whole team. */
  perDay: whole('perDay'),
  /** For so many days one team's word stands in the way of the other's. */
  quietDays: whole('quietDays'),
  marketing: MarketingSide,
});
export type AgreementDraft = v.InferOutput<typeof AgreementDraft>;

/** The agreement in force. A shared record: synced whole. */
export const Agreement = v.object({
  ...AgreementDraft.entries,
  revision: Revision,
  since: v.optional(Instant),
});
export type Agreement = v.InferOutput<typeof Agreement>;

/** The draft that changes nothing. */
export function draftOfAgreement({ revision: _, since: __, ...draft }: Agreement): AgreementDraft {
  return draft;
}

/** Whether a handover under it asks for this stage or lead type. */
export const namesIn = ({ criteria }: Pick<AgreementDraft, 'criteria'>, id: string): boolean =>
  [...criteria.stageIds, ...criteria.leadTypeIds].includes(id);

/** What of a draft cannot be kept. */
export type AgreementProblem = 'calendar' | 'remind' | 'reasons' | 'stages' | 'types';

/**
 * All that cannot be kept, in the order in which a form asks.
 * @param known ids of the stages and lead types that can be chosen
 * @returns `calendar`: no working time, so no clock would end; `remind`: a reminder before the clock begins;
 * `reasons`: two that read the same; `stages`, `types`: one that is retired or not there
 */
export function problemsOf(
  { calendar, hours, remindHours, reasons, criteria }: AgreementDraft,
  known: ReadonlySet<string>,
): AgreementProblem[] {
  const labels = reasons.flatMap(({ id, label }) => [`#${id}`, label.normalize('NFKC').toLowerCase()]);
  const all: Record<AgreementProblem, boolean> = {
    calendar: !hasWorkingTime(calendar),
    stages: criteria.stageIds.some((id) => !known.has(id)),
    types: criteria.leadTypeIds.some((id) => !known.has(id)),
    remind: remindHours.some((before) => before >= hours),
    reasons: new Set(labels).size < labels.length,
  };
  return (Object.keys(all) as AgreementProblem[]).filter((problem) => all[problem]);
}

/** The first of them. */
export const problemOf = (draft: AgreementDraft, known: ReadonlySet<string>): AgreementProblem | undefined =>
  problemsOf(draft, known)[0];
