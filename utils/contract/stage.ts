import { Id, Revision, Team, z } from './base.ts';

/** A lead stage as the two teams agreed on it. A shared record: synced whole. */
export const Stage = z.object({
  id: Id,
  label: z.string(),
  /** 1-based place in the pipeline. */
  order: z.int().check(z.positive()),
  /** The team that leads while a contact is here. */
  team: Team,
  /** What being here means, in plain words. */
  definition: z.optional(z.string()),
  /** What ends it: `Done when …` follows it on screen. */
  exit: z.optional(z.string()),
  revision: Revision,
});
export type Stage = z.infer<typeof Stage>;
