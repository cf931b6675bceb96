import type { Recipe } from '../contract/recipe.ts';
import { rootOf } from './marks.ts';
import { isSelector } from './select.ts';
import { isVast } from './walk.ts';

/** The recipe that fits a page of those that may (see `recipesAt`): known by its host, else by its marks. */
export function fitting(doc: Document, candidates: readonly Recipe[]): Recipe | undefined {
  const root = rootOf(doc);
  // No webmail is that large, and looking for one would keep the page.
  const small = root && !isVast(root);
  return candidates.find(
    ({ hosts, marks }) =>
      hosts.length > 0 || (small && marks?.every((mark) => isSelector(mark) && doc.querySelector(mark))),
  );
}
