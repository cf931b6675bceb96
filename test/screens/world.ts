import type { Campaign } from '../../utils/contract/campaign.ts';
import type { Definition, Stage } from '../../utils/contract/definition.ts';
import type { Member } from '../../utils/contract/member.ts';
import type { View } from '../../utils/view.ts';

/** The moment at which every picture is taken, so that two runs show the same. */
export const NOW = Date.parse('2026-11-22T10:30:00Z');

interface Span {
  days?: number;
  hours?: number;
}
const ms = ({ days = 0, hours = 0 }: Span) => (days * 24 + hours) * 3_600_000;
export const before = (span: Span): string => new Date(NOW - ms(span)).toISOString();
export const after = (span: Span): string => new Date(NOW + ms(span)).toISOString();

/** A UUIDv7 with a readable end. */
export const id = (end: string): string => `01936000-0000-7000-8000-${end.padStart(12, '0')}`;

const stage = (order: number, label: string, team: Stage['team'], more: Partial<Stage> = {}): Stage => ({
  ...{ id: id(`5${order}`), label, order, team, revision: 1 },
  ...more,
});

const stages: Stage[] = [
  stage(1, 'Subscriber', 'marketing'),
  stage(2, 'Lead', 'marketing'),
  stage(3, 'Marketing qualified', 'marketing'),
  stage(4, 'Sales qualified', 'sales', {
    definition: 'Sales has spoken with them and there is a real project with a date.',
    entry: 'a rep has spoken with them',
    exit: 'budget is confirmed and a meeting is booked',
    sales: { does: 'Leads the talk, and notes who decides.', doesNot: 'Sends brochures on its own.' },
    marketing: {
      does: 'Gives cases of the same trade when asked.',
      doesNot: 'Adds them to a campaign unasked.',
    },
    needs: ['email', 'phone', 'title', 'company', 'saleType'],
    revision: 2,
  }),
  stage(5, 'Opportunity', 'sales'),
  stage(6, 'Customer', 'both'),
];

export const types: Definition[] = [
  {
    ...stage(1, 'Warmed up', 'marketing', { definition: 'Read, heard and came back over weeks.' }),
    id: id('5a'),
    kind: 'lead',
  },
  { ...stage(1, 'New', 'sales'), id: id('5b'), kind: 'sale' },
  { ...stage(2, 'Cross-sell', 'service', { retired: true }), id: id('5c'), kind: 'sale' },
];

const members: Member[] = [
  { id: id('e1'), name: 'Raj Patel', team: 'sales', role: 'member' },
  { id: id('e2'), name: 'Mia Sørensen', team: 'marketing', role: 'lead' },
];

const campaign = (end: string, name: string, more: Partial<Campaign>): Campaign => ({
  ...{ id: id(end), name, channel: 'email', source: 'mailchimp', revision: 1 },
  ...more,
});

const campaigns: Campaign[] = [
  campaign('b1', 'Autumn pricing', {
    subject: 'Save 15% on every depot',
    excerpt: 'Save 15% on every depot until 30 November.',
    plannedAt: after({ days: 1 }),
  }),
  campaign('b2', 'Warehouse report', { subject: 'Case: Nordfrakt', link: 'https://acme.example/report' }),
  campaign('b3', 'Route planning webinar', { channel: 'webinar', subject: 'Ninety minutes on empty runs' }),
  campaign('b4', 'Summer newsletter', { subject: 'What changes for hauliers in autumn' }),
  campaign('b5', 'Fair follow-up', { channel: 'direct-mail' }),
];

/** Everything well, nobody on the page. */
export const calm: View = {
  connection: {
    state: 'online',
    server: 'https://truce.acme.example',
    workspace: 'Northwind',
    me: id('e1'),
    inStepAt: NOW - 12_000,
  },
  page: {
    ...{ tabId: 1, host: 'mail.google.com', link: 'https://mail.google.com/mail/u/0/' },
    state: 'read',
    site: 'Gmail',
  },
  types,
  proposals: [],
  tested: true,
  people: [],
  strangers: [],
  more: { people: 0, strangers: 0 },
  stages,
  members,
  campaigns,
  waiting: 0,
  outbox: [],
  refused: [],
  storage: 'ok',
};
