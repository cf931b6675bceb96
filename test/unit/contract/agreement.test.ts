import { describe, expect, test } from 'vitest';
import { unmetBy } from '../../../utils/agreement/readiness.ts';
import { AgreementDraft, problemOf, problemsOf } from '../../../utils/contract/agreement.ts';
import { readAs } from '../../../utils/contract/base.ts';
import type { Contact } from '../../../utils/contract/contact.ts';

const STAGE = '01890000-0000-7000-8000-000000000001';
const TYPE = '01890000-0000-7000-8000-000000000002';
const office = [{ from: '09:00', to: '17:00' }];
const draft: AgreementDraft = {
  hours: 24,
  calendar: { zone: 'Europe/Oslo', week: [office, office, office, office, office, [], []], holidays: [] },
  criteria: { stageIds: [STAGE], leadTypeIds: [TYPE], needs: ['email', 'company'] },
  remindHours: [4],
  reasons: [
    { id: 'budget', label: 'No budget' },
    { id: 'timing', label: 'Not now' },
  ],
  perDay: 50,
  quietDays: 7,
  marketing: { leads: 40, fit: 80 },
};
const known = new Set([STAGE, TYPE]);

test('an agreement that can be kept has no problem', () => {
  expect(readAs(AgreementDraft, draft)).toEqual(draft);
  expect(problemOf(draft, known)).toBeUndefined();
});

test.each<[string, Partial<AgreementDraft>, string]>([
  [
    'no working time',
    { calendar: { ...draft.calendar, week: Array.from({ length: 7 }, () => []) } },
    'calendar',
  ],
  ['a reminder before it begins', { remindHours: [4, 24] }, 'remind'],
  ['one reason twice', { reasons: [...draft.reasons, { id: 'other', label: 'NO BUDGET' }] }, 'reasons'],
  ['one reason’s id twice', { reasons: [...draft.reasons, { id: 'budget', label: 'Other' }] }, 'reasons'],
  ['a stage that is gone', { criteria: { ...draft.criteria, stageIds: [TYPE.replace('2', '3')] } }, 'stages'],
  [
    'a lead type that is gone',
    { criteria: { ...draft.criteria, leadTypeIds: [STAGE.replace('1', '3')] } },
    'types',
  ],
])('%s', (_, wrong, problem) => {
  const given = { ...draft, ...wrong };
  expect(readAs(AgreementDraft, given)).toEqual(given);
  expect(problemOf(given, known)).toBe(problem);
});

test('all that cannot be kept is told, in the order of the form', () => {
  const gone = { ...draft.criteria, stageIds: [TYPE.replace('2', '3')] };
  expect(problemsOf({ ...draft, remindHours: [24], criteria: gone }, known)).toEqual(['stages', 'remind']);
});

test.each<[string, object]>([
  ['no hours', { hours: 0 }],
  ['half an hour', { hours: 0.5 }],
  ['no reason to choose', { reasons: [] }],
  ['ten thousand leads in a day', { perDay: 10_000 }],
  ['more than all that fit', { marketing: { fit: 101 } }],
])('the contract does not take %s', (_, wrong) => {
  expect(readAs(AgreementDraft, { ...draft, ...wrong })).toBeUndefined();
});

describe('a contact is handed over', () => {
  const ready: Contact = {
    id: STAGE,
    name: 'Ann Lee',
    companyId: TYPE,
    stageId: STAGE,
    leadTypeId: TYPE,
    emails: ['ann@acme.example'],
    phones: [],
    records: [],
    provenance: {},
    revision: 1,
  };
  const { companyId: _, ...homeless } = ready;

  test('when all is met', () => expect(unmetBy(ready, draft)).toBeUndefined());
  test('with no stage named: in any', () => {
    const { stageId: _, ...nowhere } = ready;
    const any = { criteria: { ...draft.criteria, stageIds: [] } };
    expect(unmetBy(nowhere, any)).toBeUndefined();
    expect(unmetBy(nowhere, draft)).toEqual({ stage: true, needs: [] });
  });
  test('not in another stage, of another type, or with something unknown', () =>
    expect(unmetBy({ ...homeless, stageId: TYPE, leadTypeId: STAGE, emails: [] }, draft)).toEqual({
      stage: true,
      leadType: true,
      needs: ['email', 'company'],
    }));
});
