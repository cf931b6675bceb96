import type { AuditRow } from '../../utils/contract/team.ts';
import { type MessageKey, t } from '../../utils/i18n.ts';
import { ROLE_LABELS } from '../roles.ts';
import { TEAM_LABELS } from '../team.tsx';

type Words = Record<string, MessageKey>;

/** `$1` is who or what it was done to. Those of a newer server are shown by their own name. */
export const SENTENCES: Words = {
  'sign-in': 'didSignIn',
  'sign-in.refused': 'didSignInRefused',
  'browser.paired': 'didBrowserPaired',
  'browser.ended': 'didBrowserEnded',
  'invite.created': 'didInvite',
  'invite.withdrawn': 'didInviteWithdrawn',
  'member.joined': 'didJoin',
  'member.changed': 'didMemberChange',
  'member.removed': 'didMemberRemove',
  'workspace.changed': 'didSettings',
  'contact.exported': 'didExport',
  'contact.erased': 'didErase',
  'suppression.lifted': 'didLift',
  'retention.ran': 'didRetention',
  'secret.rotated': 'didRotate',
  'tag-key.changed': 'didTagKey',
};

const FIELDS: Words = {
  name: 'fieldName',
  team: 'team',
  role: 'role',
  lockDays: 'lockDaysShort',
  joinDomains: 'joinDomainsShort',
  historyMonths: 'keepHistory',
  idleMonths: 'keepIdle',
  auditMonths: 'keepAudit',
  feedDays: 'keepFeed',
  way: 'auditWay',
  reason: 'auditReason',
  contacts: 'auditContacts',
  key: 'auditKey',
  keyNo: 'auditKey',
  secrets: 'auditSecrets',
  signingKey: 'auditSigningKey',
};

/** Said whole: what is there only when it is so. */
const MARKS: Words = {
  browser: 'auditForBrowser',
  leaves: 'auditLeaves',
  addressGivenUp: 'auditAddressGivenUp',
  restored: 'auditRestored',
};

const REASONS: Words = {
  // Of a browser that was ended.
  owner: 'auditOwner',
  admin: 'auditAdmin',
  removed: 'auditRemoved',
  'signed-out': 'auditSignedOut',
  reuse: 'auditReuse',
  unclaimed: 'auditUnclaimed',
  // Of a refused sign-in.
  gone: 'auditGone',
  used: 'auditUsed',
  expired: 'auditExpired',
  withdrawn: 'auditWithdrawn',
  taken: 'auditTaken',
  refused: 'auditRefused',
  unreachable: 'auditUnreachable',
  unverified: 'auditUnverified',
  domain: 'auditDomain',
  'no-team': 'auditNoTeam',
  subject: 'auditSubject',
  // Of an erasure.
  asked: 'eraseAsked',
  wrong: 'eraseWrong',
  other: 'eraseOther',
};

const VALUES: Record<string, Words> = {
  role: ROLE_LABELS,
  team: TEAM_LABELS,
  way: { invitation: 'auditByInvitation', company: 'auditByCompany' },
  reason: REASONS,
};

/** With these, 0 is no limit. */
const FOR_EVER = ['historyMonths', 'idleMonths'];

type Detail = AuditRow['detail'];

function said(field: string, value: Detail[string]): string {
  if (FOR_EVER.includes(field) && value === 0) return t('auditForEver');
  const key = Object.entries(VALUES[field] ?? {}).find(([name]) => name === value)?.[1];
  return key ? t(key) : String(value);
}

/** `Role: member → lead`. What a newer server tells is shown as it is. */
export function detailsOf(detail: Detail): string[] {
  return Object.entries(detail)
    .filter(([field]) => !(field.endsWith('Before') && field.slice(0, -6) in detail))
    .map(([field, value]) => {
      const mark = MARKS[field];
      if (mark && value === true) return t(mark);
      const key = FIELDS[field];
      const before = detail[`${field}Before`];
      const now = said(field, value);
      return `${key ? t(key) : field}: ${before === undefined ? now : `${said(field, before)} → ${now}`}`;
    });
}
