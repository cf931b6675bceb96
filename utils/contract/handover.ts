import * as v from 'valibot';
import { Id, Instant, Revision, text } from './base.ts';

export const HandoverState = v.picklist([
  'offered',
  'accepted',
  'returned', // sent back, with a reason
  'followed', // somebody of sales has been in touch
  'lapsed', // nobody was, in time
  'withdrawn',
]);
export type HandoverState = v.InferOutput<typeof HandoverState>;

/** A lead on its way from marketing to sales. A contact has one open one at most. */
export const Handover = v.object({
  id: Id,
  state: HandoverState,
  byId: Id,
  at: Instant,
  /** Whose it is to follow up; nobody's when they have left the team. */
  toId: v.optional(Id),
  words: v.optional(v.string()),
  /** Until when, by the agreement in force when the server took it; absent while it waits to be taken. */
  dueAt: v.optional(Instant),
  agreementRevision: v.optional(Revision),
  acceptedAt: v.optional(Instant),
  returned: v.optional(
    v.object({
      byId: Id,
      at: Instant,
      /** Of the agreement's list, and what it read then. */
      reasonId: v.string(),
      reason: v.string(),
      words: v.optional(v.string()),
    }),
  ),
  followed: v.optional(v.object({ byId: v.optional(Id), at: Instant, touchId: v.optional(Id) })),
  revision: Revision,
});
export type Handover = v.InferOutput<typeof Handover>;

/** How long words that go with it may be. */
export const HandoverWords = text(500);

/** Its clock is running, or has run out without anybody having been in touch. */
export const isOpen = ({ state }: Pick<Handover, 'state'>): boolean =>
  state === 'offered' || state === 'accepted' || state === 'lapsed';

/** As it is at this instant: a clock that has run out has lapsed, whether or not the server has said so. */
export function stateAt(handover: Handover, now: number): HandoverState {
  const running = handover.state === 'offered' || handover.state === 'accepted';
  const isLate = handover.dueAt !== undefined && Date.parse(handover.dueAt) <= now;
  return running && isLate ? 'lapsed' : handover.state;
}
