import * as v from 'valibot';
import { Id, Team } from './base.ts';
import { ROLES } from './roles.ts';

export const Role = v.picklist(ROLES);
export type Role = v.InferOutput<typeof Role>;

/** A person of the team that uses Truce. A shared record: synced whole. */
export const Member = v.object({
  id: Id,
  name: v.string(),
  team: Team,
  role: Role,
  /** Normal form; never offered as a contact. */
  email: v.optional(v.string()),
  /** No longer of the team; stays for the sake of what they wrote. */
  left: v.optional(v.boolean()),
});
export type Member = v.InferOutput<typeof Member>;
