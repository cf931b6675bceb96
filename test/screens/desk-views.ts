import { decideProposal, proposeDefinition } from '../../utils/commands.ts';
import type { ShownProposal, View } from '../../utils/view.ts';
import { agreementViews } from './agreement-views.ts';
import { before, calm, id, NOW } from './world.ts';

const LONG = 'Donaudampfschifffahrtsgesellschaftskapitänsangelegenheiten';

/** Marketing's lead would have those handed over be fresher. */
const open: ShownProposal = {
  ...{
    id: id('d1'),
    about: { kind: 'stage', id: id('54') },
    baseRevision: 2,
    byId: id('e2'),
    team: 'marketing',
  },
  draft: {
    ...{ label: 'Sales qualified', team: 'sales', exit: 'budget is confirmed and a meeting is booked' },
    definition: 'Sales has spoken with them and there is a real project with a date.',
    entry: 'a rep has spoken with them within 14 days',
    sales: { does: 'Leads the talk, and notes who decides.' },
    marketing: {
      does: 'Gives cases of the same trade when asked.',
      doesNot: 'Adds them to a campaign unasked.',
    },
    needs: ['email', 'phone', 'title', 'company', 'saleType', 'consent'],
  },
  ...{ at: before({ days: 2 }), state: 'open', words: 'A third of them had forgotten us.' },
};
const fresh: ShownProposal = {
  ...{ id: id('d2'), about: { kind: 'lead', id: id('5f') }, baseRevision: 0, byId: id('e1'), team: 'sales' },
  draft: { label: 'Recommended', team: 'sales', definition: 'Somebody we know sent them.' },
  ...{ at: before({ days: 1 }), state: 'open' },
};
const declined: ShownProposal = {
  ...open,
  ...{
    id: id('d3'),
    state: 'declined',
    decidedById: id('e1'),
    decidedAt: before({ days: 9 }),
    answer: 'Too strict.',
  },
};

const members = calm.members.map((one) => (one.id === id('e1') ? { ...one, role: 'lead' as const } : one));
/** The user is sales' lead. */
const lead: View = { ...calm, members, proposals: [open, fresh, declined] };
const offline = { ...calm.connection, state: 'offline' as const, inStepAt: NOW - 3 * 3_600_000 };

const draft = { label: 'Lead', team: 'sales' } as const;
const propose = proposeDefinition(0, { definitionId: id('5e'), about: 'stage', draft, words: 'One more.' });
const decide = decideProposal({ proposalId: id('d1'), agree: true });

/** Every state of the desk that the background can bring about, by name. */
export const deskViews = {
  desk: lead,
  deskMember: { ...calm, proposals: [open] },
  deskEmpty: { ...lead, stages: [], types: [], proposals: [] },
  deskOffline: { ...lead, connection: offline },
  deskStale: { ...lead, connection: { ...calm.connection, inStepAt: NOW - 40 * 60_000 } },
  deskPassed: { ...lead, proposals: [{ ...open, baseRevision: 1 }] },
  deskWaiting: {
    ...lead,
    connection: offline,
    waiting: 1,
    outbox: [{ command: decide }],
    proposals: [
      { ...open, state: 'agreed', decidedById: id('e1'), decidedAt: before({ hours: 1 }), waiting: true },
    ],
  },
  deskRefused: {
    ...lead,
    refused: [
      { command: propose, reason: 'contradicts', contradiction: { with: 'label', definitionId: id('52') } },
      { command: decide, reason: 'changed' },
    ],
  },
  deskLong: {
    ...lead,
    members: members.map((one) => ({ ...one, name: LONG })),
    stages: lead.stages.map((one) => ({ ...one, label: LONG, sales: { does: LONG.repeat(3) } })),
    proposals: [
      { ...open, draft: { ...open.draft, label: LONG, definition: LONG.repeat(5) }, words: LONG.repeat(4) },
    ],
  },
  deskRtl: {
    ...lead,
    stages: lead.stages.map((one) => ({ ...one, label: 'מוסמך למכירות', definition: 'המכירות דיברו איתם.' })),
    proposals: [{ ...open, words: 'שליש מהם שכחו אותנו.' }],
  },
  ...agreementViews,
  deskLocked: { ...calm, connection: { ...calm.connection, state: 'locked', lockDays: 14 } },
  deskUnset: { ...calm, connection: { state: 'unset' } },
} satisfies Record<string, View>;

export type DeskName = keyof typeof deskViews;

/** Where in the desk a view is shown; absent: in the part that opens by itself. `#agreed/7c6f…` */
export const deskPlaces: Partial<Record<string, string>> = {
  ...Object.fromEntries(Object.keys(deskViews).map((name) => [name, '#agreed'])),
};
