import * as v from 'valibot';
import { Id, Revision, text } from '../base.ts';
import { HandoverWords } from '../handover.ts';
import { envelope } from './envelope.ts';

/** The clock begins when the server takes it: who is to follow up can't know of it before. */
export const HandoverOffer = v.object({
  ...envelope,
  kind: v.literal('handover.offer'),
  payload: v.object({
    handoverId: Id,
    contactId: Id,
    /** Somebody of sales. */
    toId: Id,
    words: v.optional(HandoverWords),
    /** Although the contact does not meet what the agreement asks for: `words` say why. */
    evenSo: v.optional(v.boolean()),
  }),
});

const one = { handoverId: Id, contactId: Id };
/** Of the handover, as its author saw it. */
const seen = { baseRevision: Revision };

export const HandoverAccept = v.object({
  ...envelope,
  ...seen,
  kind: v.literal('handover.accept'),
  payload: v.object(one),
});

export const HandoverReturn = v.object({
  ...envelope,
  ...seen,
  kind: v.literal('handover.return'),
  payload: v.object({
    ...one,
    /** Of the agreement's list. */
    reasonId: text(40),
    words: v.optional(HandoverWords),
  }),
});

export const HandoverReassign = v.object({
  ...envelope,
  ...seen,
  kind: v.literal('handover.reassign'),
  payload: v.object({ ...one, toId: Id }),
});

export const HandoverWithdraw = v.object({
  ...envelope,
  ...seen,
  kind: v.literal('handover.withdraw'),
  payload: v.object(one),
});
