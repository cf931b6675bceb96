import { Marks } from '../../utils/detect/marks.ts';
import { scan } from '../../utils/detect/scan.ts';

export { detect } from '../../utils/detect/engine.ts';

const marks = new Marks();

/** What a mutation costs: one element read again. */
export function rescan(element: Element): void {
  marks.prune(new Set([element]));
  for (const _ of scan(element, marks));
}
