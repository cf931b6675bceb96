import { expect, test } from 'vitest';
import { MARKS_MAX, type Mark, Marks } from '../../../utils/detect/marks.ts';
import { makeRoom } from '../../../utils/detect/room.ts';
import type { Sight } from '../../../utils/detect/sight.ts';

/** As much of a page as this needs: places in turn, those from `seenFrom` on to be seen. */
function pageOf(count: number, seenFrom: number) {
  const nodes = Array.from({ length: count }, (_, n) => ({ n }) as unknown as Element);
  const marks = new Marks();
  let asked = 0;
  function* scan(): Generator<undefined> {
    for (const [n, element] of nodes.entries()) {
      if (marks.full) return;
      const mark: Mark = { element, key: `email:p${n}@birch.example`, why: 'text' };
      if (!marks.has(element) && !marks.passed.has(element)) marks.add(element, mark);
      yield;
    }
  }
  const gives = (element: Element) => {
    asked++;
    return nodes.indexOf(element) >= seenFrom;
  };
  const run = () => {
    for (const _ of scan());
    for (const _ of makeRoom(marks, () => ({ gives }) as Sight, scan));
  };
  return { nodes, marks, run, asked: () => asked };
}

test('what nobody sees makes room for what is seen', () => {
  const { nodes, marks, run } = pageOf(6010, 6000);
  run();
  expect(nodes.slice(6000).every((node) => marks.has(node))).toBe(true);
});

test('a page with room is asked nothing', () => {
  const { run, asked } = pageOf(MARKS_MAX - 1, 0);
  run();
  expect(asked()).toBe(0);
});

test('a page of nothing but hidden ones is given up', () => {
  const { run, marks, asked } = pageOf(20_000, 20_000);
  run();
  expect(asked()).toBeLessThanOrEqual(3 * MARKS_MAX);
  expect(marks.count).toBeLessThanOrEqual(MARKS_MAX);
});
