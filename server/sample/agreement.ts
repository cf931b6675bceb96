import type { AgreementDraft } from '../../utils/contract/agreement.ts';
import { LEAD_TYPES, STAGES } from './definitions.ts';

const office = [
  { from: '08:30', to: '12:00' },
  { from: '13:00', to: '17:00' },
];
const friday = [{ from: '08:30', to: '14:00' }];

/** What sales and marketing owe each other when a lead is handed over. */
export const AGREEMENT: AgreementDraft = {
  hours: 24,
  calendar: {
    zone: 'Europe/Berlin',
    week: [office, office, office, office, friday, [], []],
    holidays: ['2026-12-24', '2026-12-25', '2026-12-31', '2027-01-01', '2027-03-26', '2027-03-29'],
  },
  criteria: {
    stageIds: [STAGES.mql.id],
    leadTypeIds: LEAD_TYPES.slice(0, 2).map(({ id }) => id),
    needs: ['email', 'company', 'leadType'],
  },
  remindHours: [4],
  reasons: [
    { id: 'timing', label: 'Not now' },
    { id: 'fit', label: 'Not our kind of customer' },
    { id: 'reach', label: 'Could not be reached' },
    { id: 'contact', label: 'Wrong contact' },
    { id: 'rival', label: 'Bound to another system' },
  ],
  perDay: 20,
  quietDays: 7,
  marketing: { leads: 40, fit: 70, answerHours: 16 },
};

/** Sales' lead would be reminded twice, call only whom one can call, and take fewer in a day. */
export const OTHER_AGREEMENT: AgreementDraft = {
  ...AGREEMENT,
  criteria: { ...AGREEMENT.criteria, needs: ['email', 'phone', 'company', 'leadType'] },
  remindHours: [8, 2],
  perDay: 10,
};
