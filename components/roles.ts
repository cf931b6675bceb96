import type { Role } from '../utils/contract/member.ts';
import type { MessageKey } from '../utils/i18n.ts';

export const ROLE_LABELS: Record<Role, MessageKey> = {
  viewer: 'roleViewer',
  member: 'roleMember',
  lead: 'roleLead',
  admin: 'roleAdmin',
};
