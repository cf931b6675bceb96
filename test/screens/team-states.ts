import type { TeamAnswer, TeamMember } from '../../utils/contract/team.ts';
import { after, before, id } from './world.ts';

const LONG = 'Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh'.repeat(2);

const member = (end: string, name: string, more: Partial<TeamMember> = {}): TeamMember => ({
  id: id(end),
  name,
  team: 'sales',
  role: 'member',
  email: `${end}@northwind.example`,
  browsers: 1,
  seenAt: before({ hours: 3 }),
  ...more,
});

const admin: TeamAnswer = {
  me: id('e1'),
  browserId: id('b1'),
  workspace: { name: 'Northwind', lockDays: 14, joinDomains: ['northwind.example'] },
  members: [
    member('e2', 'Mia Sørensen', { team: 'marketing', role: 'lead', browsers: 2 }),
    member('e1', 'Raj Patel', { role: 'admin', team: 'both', browsers: 2 }),
    member('e3', 'Tom Berg', { team: 'service', role: 'viewer', browsers: 0, seenAt: undefined }),
    member('e4', 'Uta Ohlsen', { leftAt: before({ days: 40 }), browsers: 0 }),
  ],
  invites: [
    {
      ...{ id: id('11'), name: 'Noa Levi', email: 'noa@northwind.example', team: 'sales', role: 'member' },
      ...{ createdBy: id('e1'), createdAt: before({ hours: 2 }), expiresAt: after({ days: 2 }) },
    },
    {
      ...{ id: id('12'), email: 'late@northwind.example', team: 'marketing', role: 'viewer' },
      ...{ createdBy: id('e2'), createdAt: before({ days: 5 }), expiresAt: before({ days: 2 }) },
    },
    {
      ...{ id: id('13'), memberId: id('e2'), team: 'marketing', role: 'lead' },
      ...{ createdBy: id('e2'), createdAt: before({ hours: 2 }), expiresAt: after({ days: 2 }) },
    },
    {
      ...{ id: id('14'), memberId: id('e1'), team: 'both', role: 'admin' },
      ...{ createdBy: id('e1'), createdAt: before({ hours: 1 }), expiresAt: after({ days: 2 }) },
    },
  ],
  browsers: [
    {
      id: id('b1'),
      memberId: id('e1'),
      name: 'Chrome on Linux',
      pairedAt: before({ days: 30 }),
      usedAt: before({ hours: 0 }),
    },
    {
      id: id('b2'),
      memberId: id('e1'),
      name: 'Firefox on Windows',
      pairedAt: before({ days: 3 }),
      usedAt: before({ days: 1 }),
    },
    { id: id('b3'), memberId: id('e2'), name: 'Edge on Windows', pairedAt: before({ days: 90 }) },
  ],
};

const as = (end: string, more: Partial<TeamAnswer> = {}): TeamAnswer => ({
  ...admin,
  me: id(end),
  browserId: id('b9'),
  browsers: [
    {
      id: id('b9'),
      memberId: id(end),
      name: 'Chrome on macOS',
      pairedAt: before({ days: 8 }),
      usedAt: before({ hours: 1 }),
    },
  ],
  invites: [],
  ...more,
});

export interface TeamState {
  team?: TeamAnswer;
  problem?: string;
  /** Asking again brings nothing. */
  shut?: true;
}

/** Every state of the team page that the server can bring about, by name. */
export const teams = {
  teamAdmin: { team: admin },
  teamLead: { team: as('e2', { invites: admin.invites.slice(1, 2) }) },
  teamViewer: { team: as('e3', { workspace: { name: 'Northwind', lockDays: 1, joinDomains: [] } }) },
  teamAlone: {
    team: { ...admin, members: [admin.members[1] ?? member('e1', '')], invites: [], browsers: [] },
  },
  teamLong: {
    team: {
      ...admin,
      workspace: { ...admin.workspace, name: LONG },
      members: [
        member('e1', LONG, { role: 'admin', email: `${'x'.repeat(60)}@${'y'.repeat(60)}.example` }),
        member('e5', 'עינת בן־דוד', { role: 'lead' }),
        member('e6', 'محمد الفارسي', { leftAt: before({ days: 1 }) }),
      ],
      invites: [
        {
          ...admin.invites[0],
          id: id('11'),
          name: LONG,
          team: 'both',
          role: 'admin',
          createdAt: before({}),
          expiresAt: after({ days: 1 }),
        },
      ],
      browsers: [{ id: id('b1'), memberId: id('e1'), name: LONG, pairedAt: before({ days: 1 }) }],
    },
  },
  teamStaleRecipes: {
    team: {
      ...admin,
      staleRecipes: [
        {
          ...{ id: 'linkedin', version: 2026_11_02_01, reports: 1 },
          ...{ since: before({ days: 20 }), last: before({ days: 20 }) },
        },
        {
          ...{ id: 'a'.repeat(31), version: 2026_11_23_00, reports: 14 },
          ...{ since: before({ hours: 2 }), last: before({ hours: 0 }) },
        },
      ],
    },
  },
  teamLoading: {},
  teamOffline: { problem: 'The server does not answer, and this device alone cannot do it.' },
  teamShut: { problem: 'You are no longer a member of this team.', shut: true },
  teamStale: { team: admin, problem: 'The server does not answer, and this device alone cannot do it.' },
} satisfies Record<string, TeamState>;

export type TeamName = keyof typeof teams;
export const TEAM_STATES = Object.keys(teams);
