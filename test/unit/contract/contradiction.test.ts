import { expect, test } from 'vitest';
import { type Contradiction, contradictionOf } from '../../../utils/contract/contradiction.ts';
import type { Definition, DefinitionKind, Draft } from '../../../utils/contract/definition.ts';
import { idOf } from '../replica/samples.ts';

const one = (n: number, kind: DefinitionKind, label: string, more: Partial<Definition> = {}): Definition => ({
  ...{ id: idOf(n), kind, label, order: n, team: 'sales', revision: 1 },
  ...more,
});
const all = [one(1, 'stage', 'Lead'), one(2, 'stage', 'Customer'), one(3, 'sale', 'Cross-sell')];
const base: Draft = { label: 'New', team: 'sales' };

const cases: [string, Partial<Draft>, Contradiction | undefined][] = [
  ['nothing', {}, undefined],
  ['another label', { label: ' LEAD. ' }, { with: 'label', definitionId: idOf(1) }],
  ['a label of another kind', { label: 'Cross-sell' }, undefined],
  ['does what it does not', { sales: { does: 'Call  them', doesNot: 'call them.' } }, { with: 'does' }],
  ['marketing too', { marketing: { does: 'a', doesNot: 'A' } }, { with: 'does' }],
  ['one does what the other does not', { sales: { does: 'a' }, marketing: { doesNot: 'a' } }, undefined],
  ['begins where it ends', { entry: 'they called', exit: 'They called.' }, { with: 'criteria' }],
  ['two that are empty', { entry: ' ', exit: ' ' }, undefined],
  ['asks for a lead type', { needs: ['leadType'] }, { with: 'needs' }],
  ['asks for a sale type', { needs: ['email', 'saleType'] }, undefined],
  ['is retired', { label: 'Lead', retired: true }, undefined],
];
test.for(cases)('%s', ([, draft, expected]) => {
  expect(contradictionOf({ kind: 'stage', id: idOf(9) }, { ...base, ...draft }, all)).toEqual(expected);
});

test('its own present self contradicts nothing, nor does one that is retired', () => {
  expect(contradictionOf({ kind: 'stage', id: idOf(1) }, { ...base, label: 'Lead' }, all)).toBeUndefined();
  const retired = [one(1, 'stage', 'Lead', { retired: true }), one(4, 'lead', 'Old', { retired: true })];
  const about = { kind: 'stage', id: idOf(9) } as const;
  expect(contradictionOf(about, { ...base, label: 'Lead' }, retired)).toBeUndefined();
  expect(contradictionOf(about, { ...base, needs: ['leadType'] }, retired)).toEqual({ with: 'needs' });
});

test('what the agreement in force asks for cannot be retired, and can be changed', () => {
  const about = { kind: 'stage', id: idOf(1) } as const;
  const agreement = { criteria: { stageIds: [idOf(1)], leadTypeIds: [], needs: [] } };
  const retired = { ...base, label: 'Lead', retired: true };
  expect(contradictionOf(about, retired, all, agreement)).toEqual({ with: 'agreement' });
  expect(contradictionOf(about, { ...retired, retired: false }, all, agreement)).toBeUndefined();
  expect(
    contradictionOf({ ...about, id: idOf(2) }, { ...base, retired: true }, all, agreement),
  ).toBeUndefined();
});
