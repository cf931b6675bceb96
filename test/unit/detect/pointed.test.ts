import { expect, test } from 'vitest';
import type { Recipe } from '../../../utils/contract/recipe.ts';
import { pointedAt } from '../../../utils/detect/pointed.ts';

const recipe: Recipe = {
  id: 'mail',
  version: 2026_11_23_00,
  label: 'Mail',
  kind: 'mail',
  hosts: ['mail.example'],
  message: [{ selector: '[data-state="open"]', seen: '2026-11' }],
  sender: [{ selector: '#from .who', address: 'data-c', nameIn: '[data-name]', seen: '2026-11' }],
};

test('the attributes that selectors and people go by', () => {
  expect(pointedAt(recipe).toSorted()).toEqual(['class', 'data-c', 'data-name', 'data-state', 'id']);
});
