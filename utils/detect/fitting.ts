import type { Recipe } from '../contract/recipe.ts';
import { isDeep } from './depth.ts';
import { rootOf } from './marks.ts';
import { isSelector } from './select.ts';
import { isVast } from './walk.ts';

/** The recipe that fits a page of those that may (see `recipesAt`): known by its host, else by its marks. Yields often. */
export function* fittingInSteps(
  doc: Document,
  candidates: readonly Recipe[],
): Generator<undefined, Recipe | undefined> {
  // No webmail is that large or deep, and looking for one would keep the page.
  let small: boolean | undefined;
  const isSmall = () => {
    const root = rootOf(doc);
    small ??= root !== undefined && !isVast(root) && !isDeep(root);
    return small;
  };
  for (const candidate of candidates) {
    const { hosts, marks } = candidate;
    if (hosts.length > 0) return candidate;
    if (isSmall() && marks?.every((mark) => isSelector(mark) && doc.querySelector(mark))) return candidate;
    yield;
  }
  return undefined;
}

/** The same at once. */
export function fitting(doc: Document, candidates: readonly Recipe[]): Recipe | undefined {
  const steps = fittingInSteps(doc, candidates);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}
