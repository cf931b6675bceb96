import type { Member } from '../../utils/contract/member.ts';
import type { Device } from '../store/browser.ts';
import { Refusal } from './problem.ts';

const ROLES: readonly Member['role'][] = ['viewer', 'member', 'lead', 'admin'];

/** @throws a 403 when the member's role is below this one */
export function atLeast(role: Member['role'], { member }: Pick<Device, 'member'>): void {
  if (ROLES.indexOf(member.role) >= ROLES.indexOf(role)) return;
  const who = role === 'admin' ? 'An admin' : 'A lead or an admin';
  throw new Refusal(403, 'role', `${who} of your team can do this.`);
}
