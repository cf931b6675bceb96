import type { Recipe } from '../contract/recipe.ts';
import { Marks, rootOf } from './marks.ts';
import { compileReport } from './report.ts';
import { scan } from './scan.ts';
import type { PageReport } from './types.ts';

/**
 * The people on a page: pure, and the page is only read. `recipe` says who is who on its site; without one, or
 * where it finds nothing, the general engine's labels do.
 */
export function detect(doc: Document, url: string, recipe?: Recipe): PageReport {
  const marks = new Marks();
  const root = rootOf(doc);
  if (root) for (const _ of scan(root, marks));
  const report = compileReport(doc, url, recipe, marks);
  for (;;) {
    const step = report.next();
    if (step.done) return step.value;
  }
}
