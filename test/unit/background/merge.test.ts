import { expect, test } from 'vitest';
import { mergeFrames } from '../../../utils/background/merge.ts';
import type { Sighting } from '../../../utils/detect/types.ts';

const seen = (keys: string[], more: Partial<Sighting> = {}): Sighting => ({
  keys,
  role: 'mentioned',
  focus: false,
  why: 'text',
  ...more,
});
const frame = (frameId: number, ...sightings: Sighting[]) => ({
  frameId,
  report: { recipe: 'none' as const, sightings },
});

test('the top frame comes first, and who is seen twice is one person', () => {
  const merged = mergeFrames([
    frame(3, seen(['email:b@x.example'], { focus: true, role: 'sender', name: 'Bo' })),
    frame(0, seen(['email:a@x.example']), seen(['email:b@x.example'], { address: 'b@x.example' })),
  ]);
  expect(merged).toMatchObject([
    { keys: ['email:a@x.example'] },
    { keys: ['email:b@x.example'], focus: true, role: 'sender', name: 'Bo', address: 'b@x.example' },
  ]);
});

test('a shared name or domain makes nobody the same', () => {
  const merged = mergeFrames([
    frame(
      0,
      seen(['email:a@x.example', 'name:ann lee|x.example']),
      seen(['email:b@x.example', 'name:ann lee|x.example']),
    ),
  ]);
  expect(merged).toHaveLength(2);
});

test('an address and a profile of one person meet through any sure key', () => {
  const merged = mergeFrames([
    frame(0, seen(['linkedin:in/ann'])),
    frame(1, seen(['email:a@x.example', 'linkedin:in/ann'])),
  ]);
  expect(merged).toMatchObject([{ keys: ['linkedin:in/ann', 'email:a@x.example'] }]);
});

test('reports are not changed by it', () => {
  const first = seen(['email:a@x.example']);
  mergeFrames([frame(0, first), frame(1, seen(['email:a@x.example'], { focus: true }))]);
  expect(first.focus).toBe(false);
});
