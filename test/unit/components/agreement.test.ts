import { beforeAll, describe, expect, test } from 'vitest';
import {
  type AgreementFields,
  agreementFieldsOf,
  agreementStart,
  reasonsIn,
} from '../../../components/desk/agreement-fields.ts';
import { agreementDifferences, weekWords } from '../../../components/desk/agreement-words.ts';
import { readAgreement } from '../../../components/desk/read-agreement.ts';
import { AgreementDraft } from '../../../utils/contract/agreement.ts';
import { readAs } from '../../../utils/contract/base.ts';
import type { View } from '../../../utils/view.ts';
import { speakEnglish } from '../../screens/speak.ts';
import { calm, id } from '../../screens/world.ts';

beforeAll(speakEnglish);

const [READY, ASKED] = [id('53'), id('5a')];
const view: View = calm;
const office = [{ from: '09:00', to: '17:00' }];
const full: AgreementDraft = {
  hours: 24,
  calendar: {
    zone: 'Europe/Oslo',
    week: [
      office,
      office,
      [
        { from: '09:00', to: '12:00' },
        { from: '13:00', to: '17:00' },
      ],
      [],
      office,
      [{ from: '22:00', to: '24:00' }],
      [],
    ],
    holidays: ['2026-12-24', '2027-01-01'],
  },
  criteria: { stageIds: [READY], leadTypeIds: [ASKED], needs: ['email', 'company'] },
  remindHours: [8, 2],
  reasons: [
    { id: 'timing', label: 'Not now' },
    { id: 'fit', label: 'Not our customer' },
  ],
  perDay: 50,
  quietDays: 7,
  marketing: { leads: 40, fit: 80, answerHours: 8 },
};

describe('the form', () => {
  const read = (patch: Partial<AgreementFields>) =>
    readAgreement({ ...agreementFieldsOf(full), ...patch } as AgreementFields, view);

  test('that nobody touched says what is, and differs in nothing', () => {
    const { draft, problems } = read({});
    expect(problems).toEqual({});
    expect(draft).toEqual(full);
    expect(draft && agreementDifferences(full, draft, view)).toEqual([]);
  });

  test('starts with what two teams may well agree on', () => {
    const { draft } = readAgreement(agreementStart(undefined), view);
    expect(readAs(AgreementDraft, draft)).toEqual(draft);
    expect(draft).toMatchObject({ hours: 24, perDay: 50, quietDays: 7, remindHours: [4] });
    expect(draft?.calendar.zone).toBe(new Intl.DateTimeFormat().resolvedOptions().timeZone);
    expect(draft && weekWords(draft.calendar.week)).toBe('Mon to Fri 09:00–17:00');
    expect(draft?.reasons.map(({ label }) => label)).toEqual([
      'Not now',
      'Not our kind of customer',
      'Could not be reached',
      'Wrong contact',
    ]);
  });

  test('a reason whose words change stays the same one', () => {
    const [timing] = reasonsIn(agreementFieldsOf(full));
    const { draft } = read({ reasons: JSON.stringify([{ ...timing, label: ' Later ' }]) });
    expect(draft?.reasons).toEqual([{ id: 'timing', label: 'Later' }]);
  });

  const DAYLESS = Object.fromEntries([0, 1, 2, 3, 4, 5, 6].map((day) => [`week${day}`, '']));
  const retired = { ...calm, stages: calm.stages.map((one) => ({ ...one, retired: true })) };
  const many = JSON.stringify([
    { id: 'a', label: 'Not now' },
    { id: 'b', label: ' not NOW' },
  ]);
  test.each<[Partial<AgreementFields>, string, string]>([
    [{ hours: 'soon' }, 'hours', 'A whole number from 1 to 400.'],
    [{ hours: '' }, 'hours', 'A whole number from 1 to 400.'],
    [{ hours: '401' }, 'hours', 'A whole number from 1 to 400.'],
    [{ perDay: '10000' }, 'perDay', 'A whole number from 1 to 1000.'],
    [{ quietDays: '-1' }, 'quietDays', 'A whole number from 0 to 90.'],
    [{ fit: '101' }, 'fit', 'A whole number from 1 to 100.'],
    [{ remindHours: '4, x' }, 'remindHours', 'A whole number from 1 to 400.'],
    [{ remindHours: '4 24' }, 'remindHours', 'A reminder would come before'],
    [{ remindHours: '1 2 3 4 5 6' }, 'remindHours', 'No more than 5'],
    [{ week0: '09:00-' }, 'week0', 'Say from when to when'],
    [{ week0: '17:00-09:00' }, 'week0', 'The end has to come after'],
    [{ week0: '09:00-12:00 11:00-13:00' }, 'week0', 'These hours overlap'],
    [DAYLESS, 'week', 'Nobody works on any day'],
    [{ reasons: '[]' }, 'reasons', 'Without a reason'],
    [{ reasons: 'half' }, 'reasons', 'Without a reason'],
    [{ reasons: '[{"id":"a","label":" "}]' }, 'reasons', 'A reason has no words'],
    [{ reasons: many }, 'reasons', 'Two reasons read the same'],
  ])('%j is told beside %s', (patch, name, words) => {
    const { draft, problems } = read(patch);
    expect(draft).toBeUndefined();
    expect(Object.keys(problems)).toEqual([name]);
    expect(Object.values(problems)[0]).toContain(words);
  });

  test('a stage that can no longer be chosen is told', () => {
    const { problems } = readAgreement(agreementFieldsOf(full), retired);
    expect(Object.keys(problems)).toEqual(['stageIds']);
  });

  test('all that is wrong is told at once', () => {
    const { problems } = read({ hours: '', week1: '-', perDay: '0', reasons: '[]' });
    expect(Object.keys(problems).sort()).toEqual(['hours', 'perDay', 'reasons', 'week1']);
  });

  test('what is promised by nobody is left out; hours come in order, once', () => {
    const { draft } = read({
      leads: '',
      fit: ' ',
      answerHours: '',
      remindHours: '2;8, 2',
      week0: '13:00-17:00 09:00-12:00',
    });
    expect(draft?.marketing).toEqual({});
    expect(draft?.remindHours).toEqual([8, 2]);
    expect(draft?.calendar.week[0]?.map(({ from }) => from)).toEqual(['09:00', '13:00']);
  });
});

test('only what is otherwise is told, each with what it was', () => {
  const next: AgreementDraft = {
    ...full,
    hours: 1,
    calendar: { ...full.calendar, week: [office, office, office, office, office, [], []], holidays: [] },
    criteria: { stageIds: [], leadTypeIds: [ASKED, id('ff')], needs: ['email'] },
    marketing: { leads: 40 },
  };
  expect(agreementDifferences(full, next, view)).toEqual([
    { name: 'agreedHours', before: '24 working hours', after: '1 working hour' },
    {
      name: 'agreedWeek',
      before: 'Mon to Tue 09:00–17:00; Wed 09:00–12:00, 13:00–17:00; Fri 09:00–17:00; Sat 22:00–24:00',
      after: 'Mon to Fri 09:00–17:00',
    },
    { name: 'agreedHolidays', before: '24 Dec 2026, 1 Jan 2027' },
    { name: 'agreedStages', before: 'Marketing qualified', after: 'Any stage' },
    { name: 'agreedNeeds', before: 'email address, company', after: 'email address' },
    { name: 'agreedFit', before: '80' },
    { name: 'agreedAnswer', before: '8 working hours' },
  ]);
});

test('of the first one, all that it says is new', () => {
  const all = agreementDifferences(undefined, full, view);
  expect(all).toHaveLength(14);
  expect(all.every(({ before, after }) => before === undefined && after !== undefined)).toBe(true);
});
