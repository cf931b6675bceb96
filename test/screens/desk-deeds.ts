import type { Deed } from './deed.ts';

const change = [{ unfold: 'Sales qualified' }, { click: 'Propose a change of “Sales qualified”' }] as const;

export const deskDeeds: Record<string, Deed> = {
  deskUnfolded: { screen: 'desk', view: 'desk', steps: [{ unfold: 'Sales qualified' }] },
  deskHistory: {
    screen: 'desk',
    view: 'deskMember',
    steps: [{ unfold: 'Customer' }, { unfold: 'History' }],
  },
  deskDecided: { screen: 'desk', view: 'desk', steps: [{ unfold: 'The last one that was decided' }] },
  deskForm: { screen: 'desk', view: 'desk', steps: [...change] },
  deskChanged: {
    screen: 'desk',
    view: 'desk',
    steps: [
      ...change,
      { type: 'Ready to talk', into: 'Label' },
      { choose: 'Marketing', of: 'Team that leads' },
    ],
  },
  agreementFirstForm: { screen: 'desk', view: 'desk', steps: [{ click: 'Propose an agreement' }] },
  agreementForm: { screen: 'desk', view: 'deskAgreement', steps: [{ click: 'Propose another agreement' }] },
  agreementLongForm: {
    screen: 'desk',
    view: 'deskAgreementLong',
    steps: [{ click: 'Propose another agreement' }],
  },
  agreementWrong: {
    screen: 'desk',
    view: 'deskAgreement',
    steps: [
      { click: 'Propose another agreement' },
      { type: 'soon', into: 'Sales follows up within' },
      { type: '24', into: 'Reminded before the end' },
      { click: 'Add hours on Saturday' },
      { click: 'Add hours on Saturday' },
      { click: 'Add a reason' },
    ],
  },
  deskContradicts: {
    screen: 'desk',
    view: 'desk',
    steps: [{ click: 'Propose a stage' }, { type: 'customer', into: 'Label' }],
  },
};
