import * as v from 'valibot';
import { Id, Int, Revision, Team } from './base.ts';

/** A lead stage as the two teams agreed on it. A shared record: synced whole. */
export const Stage = v.object({
  id: Id,
  label: v.string(),
  /** 1-based place in the pipeline. */
  order: v.pipe(Int, v.minValue(1)),
  /** The team that leads while a contact is here. */
  team: Team,
  /** What being here means, in plain words. */
  definition: v.optional(v.string()),
  /** What ends it: `Done when …` follows it on screen. */
  exit: v.optional(v.string()),
  revision: Revision,
});
export type Stage = v.InferOutput<typeof Stage>;
