import { beforeAll, expect, test } from 'vitest';
import { differencesOf } from '../../../components/desk/differences-of.ts';
import { draftIn, fieldsOf, startOf } from '../../../components/desk/draft-fields.ts';
import type { Definition, Draft } from '../../../utils/contract/definition.ts';
import { speakEnglish } from '../../screens/speak.ts';
import { idOf } from '../replica/samples.ts';

beforeAll(speakEnglish);

const full: Draft = {
  ...{ label: 'Lead', team: 'marketing', definition: 'Shows interest.', entry: 'they ask', exit: 'it fits' },
  sales: { does: 'Waits.' },
  marketing: { does: 'Writes.', doesNot: 'Calls.' },
  needs: ['email', 'company'],
};

test('a form that nobody touched says what is, and differs in nothing', () => {
  expect(draftIn(fieldsOf(full))).toEqual(full);
  const definition: Definition = { ...full, id: idOf(1), order: 3, revision: 2 };
  expect(draftIn(startOf(definition))).toEqual(full);
  expect(differencesOf(full, draftIn(startOf(definition)), 3)).toEqual([]);
});

test('only what is otherwise is told, each with what it was', () => {
  const next: Draft = {
    ...{ label: 'Lead', team: 'sales', definition: 'Shows interest.', entry: 'they ask', order: 1 },
    marketing: { doesNot: 'Calls.' },
    needs: ['email'],
    retired: true,
  };
  expect(differencesOf(full, next, 3)).toEqual([
    { name: 'whoLeads', before: 'Marketing', after: 'Sales' },
    { name: 'salesDoes', before: 'Waits.' },
    { name: 'marketingDoes', before: 'Writes.' },
    { name: 'exitWhen', before: 'it fits' },
    { name: 'needsOf', before: 'email address, company', after: 'email address' },
    { name: 'inUse', before: 'Can be chosen', after: 'Can no longer be chosen' },
    { name: 'place', before: '3', after: '1' },
  ]);
});

test('of a new one all that is said is new', () => {
  expect(differencesOf(undefined, { label: 'Partner', team: 'sales' })).toEqual([
    { name: 'definitionLabel', after: 'Partner' },
    { name: 'whoLeads', after: 'Sales' },
  ]);
});

test('blanks say nothing', () => {
  const fields = { ...fieldsOf(undefined), label: ' Partner ', salesDoes: '  ', exit: '\n' };
  expect(draftIn(fields)).toEqual({ label: 'Partner', team: 'sales' });
});
