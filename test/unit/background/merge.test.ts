import { expect, test } from 'vitest';
import { type FrameReport, mergeFrames } from '../../../utils/background/merge.ts';
import type { Sighting } from '../../../utils/detect/types.ts';

const seen = (keys: string[], more: Partial<Sighting> = {}): Sighting => ({
  keys,
  role: 'mentioned',
  focus: false,
  why: 'text',
  ...more,
});
const frame = (frameId: number, ...sightings: Sighting[]): FrameReport => ({
  frameId,
  report: { recipe: 'none', sightings },
});
/** A frame of a site that we know. */
const known = (frameId: number, ...sightings: Sighting[]): FrameReport => ({
  frameId,
  report: { recipe: 'found', site: 'roundcube', version: 1, sightings },
});
const sender = (key: string) => seen([`email:${key}`], { focus: true, role: 'sender', address: key });
const inFocus = (frames: FrameReport[]) =>
  mergeFrames(frames).flatMap(({ focus, address }) => (focus ? address : []));

test('the top frame comes first, and who is seen twice is one person', () => {
  const merged = mergeFrames([
    known(3, seen(['email:b@x.example'], { focus: true, role: 'sender', name: 'Bo' })),
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

test('a known site says whom the page is about, and no other frame: that may be a message’s text', () => {
  expect(inFocus([known(0, sender('ann@x.example')), frame(4, sender('boss@x.example'))])).toEqual([
    'ann@x.example',
  ]);
  expect(inFocus([known(0), known(2, sender('ann@x.example')), frame(4, sender('boss@x.example'))])).toEqual([
    'ann@x.example',
  ]);
  expect(inFocus([known(0, seen(['email:ann@x.example'])), frame(4, sender('boss@x.example'))])).toEqual([]);
});

test('of two frames of a known site the outer one says it', () => {
  const frames = [known(5, sender('boss@x.example')), known(0, sender('ann@x.example'))];
  expect(inFocus(frames)).toEqual(['ann@x.example']);
});

test('on any other page only the top frame says it: one within it may be a message’s text', () => {
  expect(inFocus([frame(0, sender('ann@x.example')), frame(4, sender('boss@x.example'))])).toEqual([
    'ann@x.example',
  ]);
  expect(inFocus([frame(0, seen(['email:ann@x.example'])), frame(4, sender('boss@x.example'))])).toEqual([]);
  expect(inFocus([frame(0), frame(4, sender('ann@x.example'))])).toEqual([]);
  expect(inFocus([frame(4, sender('ann@x.example'))])).toEqual([]);
});
