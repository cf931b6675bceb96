import type { TeamActs } from '../../components/team/acts.ts';
import { TeamPage } from '../../components/team/team-page.tsx';
import type { AuditRow, LinkWanted, TeamChange } from '../../utils/contract/team.ts';
import { t } from '../../utils/i18n.ts';
import type { TeamState } from './team-states.ts';
import { after, before, id, NOW } from './world.ts';

export { type TeamName, teams } from './team-states.ts';

const row = (end: string, action: string, more: Partial<AuditRow> = {}): AuditRow => ({
  ...{ id: id(end), at: before({ hours: Number(end) }), action, by: 'Raj Patel', detail: {} },
  ...more,
});

const rows: AuditRow[] = [
  row('1', 'member.changed', {
    target: { kind: 'member', id: id('e2'), name: 'Mia Sørensen' },
    detail: { roleBefore: 'member', role: 'lead' },
  }),
  row('2', 'browser.ended', {
    target: { kind: 'browser', id: id('b3'), name: 'Edge on Windows', owner: 'Mia Sørensen' },
    detail: { reason: 'admin' },
  }),
  row('3', 'sign-in.refused', { by: undefined, detail: { way: 'invitation', reason: 'expired' } }),
  row('4', 'workspace.changed', {
    target: { kind: 'workspace', id: id('f1') },
    detail: { lockDays: 14, joinDomains: 'northwind.example' },
  }),
  row('5', 'browser.ended', {
    by: undefined,
    target: { kind: 'browser', id: id('b3'), name: 'Edge on Windows', owner: 'Mia Sørensen' },
    detail: { reason: 'unclaimed' },
  }),
  row('6', 'sign-in', { detail: { way: 'company' } }),
  row('7', 'invite.created', {
    target: { kind: 'invite', id: id('13'), name: 'Mia Sørensen' },
    detail: { team: 'marketing', role: 'lead', browser: true },
  }),
  row('8', 'member.removed', {
    by: 'Uta Ohlsen',
    target: { kind: 'member', id: id('e4'), name: 'Uta Ohlsen' },
    detail: { role: 'member', leaves: true },
  }),
  row('9', 'workspace.changed', {
    target: { kind: 'workspace', id: id('f1') },
    detail: { historyMonths: 24, idleMonths: 0, auditMonths: 24, feedDays: 90 },
  }),
  row('10', 'contact.erased', { target: { kind: 'contact', id: id('a1') }, detail: { reason: 'asked' } }),
  row('11', 'retention.ran', { by: undefined, detail: { contacts: 12 } }),
  row('12', 'secret.rotated', { by: undefined, detail: { key: 'k2', secrets: 1 } }),
  row('13', 'something.new', { detail: { later: 3 } }),
];

/** What was asked for, for the driver to read. */
const asked: (TeamChange | LinkWanted)[] = [];
Object.assign(globalThis, { asked });

/** Answers as the server would; somebody who leaves is the last admin. */
const act: TeamActs = {
  change: async (change) => {
    asked.push(change);
    if (change.kind === 'member.leave') throw new Error(t('troubleLastAdmin'));
  },
  link: async (wanted) => {
    asked.push(wanted);
    const link = `https://truce.acme.example/join#truce_${'aZ0-'.repeat(16)}`;
    return { id: id('15'), link, expiresAt: after({ days: 3 }) };
  },
  audit: async () => ({ rows, more: true }),
  retention: async () => ({ historyMonths: 24, idleMonths: null, auditMonths: 24, feedDays: 90 }),
  keep: async () => undefined,
  lift: async () => true,
};

export function TeamScreen({ team, problem, shut }: TeamState) {
  const onRetry = shut ? undefined : () => undefined;
  return <TeamPage team={team} at={NOW - 300_000} problem={problem} act={act} onRetry={onRetry} />;
}
