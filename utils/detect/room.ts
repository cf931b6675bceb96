import type { Marks } from './marks.ts';
import type { Sight } from './sight.ts';

/** So often places are made free for others. */
const ROUNDS_MAX = 3;

/**
 * Where a page has more marks than are kept, those that nobody sees make room for others: `again` reads on. To be asked
 * right after the page was drawn, as each 'drawn' says.
 */
export function* makeRoom(
  marks: Marks,
  sight: () => Sight,
  again: () => Generator<undefined>,
): Generator<'drawn' | undefined> {
  for (let n = 0; n < ROUNDS_MAX && marks.full; n++) {
    yield 'drawn';
    const seen = sight();
    for (const [node, list] of [...marks.byNode]) {
      if (list.every(({ machine, element }) => !machine && !seen.gives(element))) marks.pass(node);
      yield 'drawn';
    }
    if (marks.full) return;
    yield* again();
  }
}
