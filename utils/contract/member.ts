import { Id, Team, z } from './base.ts';
import { ROLES } from './roles.ts';

export const Role = z.enum(ROLES);
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
