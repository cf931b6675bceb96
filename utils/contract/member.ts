import { Id, Team, z } from './base.ts';

/** From what may do least to what may do most. */
export const Role = z.enum(['viewer', 'member', 'lead', 'admin']);
export type Role = z.infer<typeof Role>;

/** A person of the team that uses Truce. A shared record: synced whole. */
export const Member = z.object({
  id: Id,
  name: z.string(),
  team: Team,
  role: Role,
  /** Normal form; never offered as a contact. */
  email: z.optional(z.string()),
  /** No longer of the team; stays for the sake of what they wrote. */
  left: z.optional(z.boolean()),
});
export type Member = z.infer<typeof Member>;
