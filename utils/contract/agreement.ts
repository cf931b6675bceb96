import * as v from 'valibot';
import { Id, Instant, Int, Revision, text } from './base.ts';
import { hasWorkingTime, WorkingCalendar } from './calendar.ts';
import { FieldName } from './definition.ts';

const whole = (min: number, max: number) => v.pipe(Int, v.minValue(min), v.maxValue(max));

/** Why a lead may be sent back. */
const Reason = v.object({ id: text(40), label: text(80) });

/** What marketing promises in return. */
const MarketingSide = v.object({
  /** Leads handed over in a month. */
  leads: v.optional(whole(1, 100_000)),
  /** Of a hundred, how many are not sent back. */
  fit: v.optional(whole(1, 100)),
  /** Working hours until a lead that was sent back is answered. */
  answerHours: v.optional(whole(1, 400)),
});

/** What the two teams owe each other when a lead goes from one to the other; all of it, as it is to be. */
export const AgreementDraft = v.object({
  /** Working hours from the offer to the first touch by sales. */
  hours: whole(1, 400),
  calendar: WorkingCalendar,
  /** A contact is ready who is in one of these stages (none named: in any), of these lead types, with this known. */
  criteria: v.object({
    stageIds: v.pipe(v.array(Id), v.maxLength(50)),
    leadTypeIds: v.pipe(v.array(Id), v.maxLength(50)),
    needs: v.pipe(v.array(FieldName), v.maxLength(FieldName.options.length)),
  }),
  /** So many working hours before the end, whose it is is reminded. */
  remindHours: v.pipe(v.array(whole(1, 400)), v.maxLength(5)),
  /** Why a lead may be sent back. */
  reasons: v.pipe(v.array(Reason), v.minLength(1), v.maxLength(20)),
  /** Handovers in a day at most, of the whole team. */
  perDay: whole(1, 1000),
  /** For so many days one team's word stands in the way of the other's. */
  quietDays: whole(0, 90),
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

/** What of a draft cannot be kept, the first in the order in which a form asks. */
export type AgreementProblem = 'calendar' | 'remind' | 'reasons' | 'stages' | 'types';

/**
 * @param known ids of the stages and lead types that can be chosen
 * @returns `calendar`: no working time, so no clock would end; `remind`: a reminder before the clock begins;
 * `reasons`: two that read the same; `stages`, `types`: one that is retired or not there
 */
export function problemOf(
  { calendar, hours, remindHours, reasons, criteria }: AgreementDraft,
  known: ReadonlySet<string>,
): AgreementProblem | undefined {
  if (!hasWorkingTime(calendar)) return 'calendar';
  if (remindHours.some((before) => before >= hours)) return 'remind';
  const labels = reasons.flatMap(({ id, label }) => [`#${id}`, label.normalize('NFKC').toLowerCase()]);
  if (new Set(labels).size < labels.length) return 'reasons';
  if (criteria.stageIds.some((id) => !known.has(id))) return 'stages';
  return criteria.leadTypeIds.some((id) => !known.has(id)) ? 'types' : undefined;
}
