import { proposeAgreement } from '../../utils/commands.ts';
import type { Agreement, AgreementDraft } from '../../utils/contract/agreement.ts';
import { draftOfAgreement } from '../../utils/contract/agreement.ts';
import type { ShownProposal, View } from '../../utils/view.ts';
import { before, calm, id } from './world.ts';

const office = [
  { from: '08:30', to: '12:00' },
  { from: '13:00', to: '17:00' },
];

/** What the two teams owe each other in the pictures. */
export const agreed: Agreement = {
  hours: 24,
  calendar: {
    zone: 'Europe/Berlin',
    week: [office, office, office, office, [{ from: '08:30', to: '14:00' }], [], []],
    holidays: ['2026-12-24', '2026-12-25', '2027-01-01'],
  },
  criteria: { stageIds: [id('53')], leadTypeIds: [], needs: ['email', 'company'] },
  remindHours: [4],
  reasons: [
    { id: 'timing', label: 'Not now' },
    { id: 'fit', label: 'Not our kind of customer' },
    { id: 'reach', label: 'Could not be reached' },
  ],
  perDay: 50,
  quietDays: 7,
  marketing: { leads: 40, fit: 70 },
  revision: 2,
  since: before({ days: 40 }),
};

/** Marketing's lead would have sales answer sooner, and reminded twice. */
const sooner: AgreementDraft = {
  ...draftOfAgreement(agreed),
  hours: 16,
  remindHours: [8, 2],
  criteria: { ...agreed.criteria, needs: ['email', 'phone', 'company'] },
};
const open: ShownProposal = {
  ...{ id: id('d8'), about: { kind: 'agreement', id: id('f1') }, draft: sooner, baseRevision: 2 },
  ...{ byId: id('e2'), team: 'marketing', at: before({ days: 1 }), state: 'open' },
  words: 'Those who waited longer than two days never answered.',
};

const LONG = 'Donaudampfschifffahrtsgesellschaftskapitänsangelegenheiten';
const members = calm.members.map((one) => (one.id === id('e1') ? { ...one, role: 'lead' as const } : one));
/** The user is sales' lead. */
const lead: View = { ...calm, members, agreement: agreed, proposals: [open] };
const { agreement: _, ...first } = lead;
const none = { ...sooner, calendar: { ...sooner.calendar, week: sooner.calendar.week.map(() => []) } };

export const agreementViews = {
  deskAgreement: lead,
  deskAgreementMember: { ...calm, agreement: agreed, proposals: [open] },
  /** There is none, and the first one is proposed. */
  deskAgreementFirst: { ...first, proposals: [{ ...open, baseRevision: 0 }] },
  deskAgreementPassed: { ...lead, proposals: [{ ...open, baseRevision: 1 }] },
  deskAgreementRefused: {
    ...lead,
    refused: [
      {
        command: proposeAgreement(2, { draft: none, words: 'Rest for all.' }),
        reason: 'contradicts',
        contradiction: { with: 'calendar' },
      },
    ],
  },
  deskAgreementLong: {
    ...lead,
    agreement: {
      ...agreed,
      reasons: agreed.reasons.map((one) => ({ ...one, label: LONG })),
      criteria: { ...agreed.criteria, stageIds: lead.stages.map((one) => one.id) },
    },
    stages: lead.stages.map((one) => ({ ...one, label: `${LONG} ${one.order}` })),
  },
} satisfies Record<string, View>;
