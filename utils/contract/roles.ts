/** Apart from the schemas, so that pages that only ask do not carry those. */
import type { Team } from './base.ts';

/** From what may do least to what may do most. */
export const ROLES = ['viewer', 'member', 'lead', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Most days for which a browser's copy may open without having met the server. */
export const LOCK_DAYS_MAX = 365;

interface Standing {
  role: Role;
  team: Team;
}

/** Whether somebody may let others in with this team and role. */
export function mayInvite(who: Standing, { role, team }: Standing): boolean {
  if (who.role === 'admin') return true;
  const theirs = team === who.team || (who.team === 'both' && team !== 'service');
  return who.role === 'lead' && theirs && (role === 'member' || role === 'viewer');
}
