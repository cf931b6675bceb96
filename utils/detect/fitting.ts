import type { Recipe } from '../contract/recipe.ts';
import { isSelector } from './person.ts';

/** The recipe that fits a page of those that may (see `recipesAt`): known by its host, else by its marks. */
export function fitting(doc: Document, candidates: readonly Recipe[]): Recipe | undefined {
  return candidates.find(
    ({ hosts, marks }) =>
      hosts.length > 0 || (marks?.every((mark) => isSelector(mark) && doc.querySelector(mark)) ?? false),
  );
}
