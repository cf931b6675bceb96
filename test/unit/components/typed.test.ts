import { expect, test } from 'vitest';
import { ownerOf } from '../../../components/panel/shut.tsx';
import { isTyped, keepDraft, typedBy } from '../../../components/use-draft.ts';
import type { Actions } from '../../../utils/actions.ts';
import type { View } from '../../../utils/view.ts';
import { calm, id } from '../../screens/world.ts';

const act = { saveDraft: () => undefined } as unknown as Actions;
const as = (connection: Partial<View['connection']>): View => ({
  ...calm,
  connection: { ...calm.connection, ...connection },
});
const NEXT: [string, View, boolean][] = [
  ['the same view again', calm, true],
  ['out of reach', as({ state: 'offline' }), true],
  ['somebody else', as({ me: id('e9') }), false],
  ['another server', as({ server: 'https://other.example' }), false],
  ['removed', as({ state: 'removed' }), false],
  ['locked', as({ state: 'locked' }), false],
];

test.each(NEXT)('what is half typed, then %s', (_, next, stays) => {
  typedBy(ownerOf(calm));
  keepDraft('note:1', { text: 'Between us' }, act);
  typedBy(ownerOf(next));
  typedBy(ownerOf(calm));
  expect(isTyped('note:1')).toBe(stays);
});
