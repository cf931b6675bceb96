import { Id, Team, z } from './base.ts';

/** A person of the team that uses Truce. A shared record: synced whole. */
export const Member = z.object({
  id: Id,
  name: z.string(),
  team: Team,
  role: z.enum(['admin', 'lead', 'member', 'viewer']),
  /** Normal form; never offered as a contact. */
  email: z.optional(z.string()),
});
export type Member = z.infer<typeof Member>;
