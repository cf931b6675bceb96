import type { Recipe } from '../types.ts';
import { gmail } from './gmail.ts';
import { roundcube } from './roundcube.ts';

/** By priority. Those known by host come first, those known by their marks after. */
export const recipes: readonly Recipe[] = [gmail, roundcube];

function servesHost(recipe: Recipe, host: string): boolean {
  return recipe.hosts.some((one) =>
    one.startsWith('*.') ? host === one.slice(2) || host.endsWith(one.slice(1)) : host === one,
  );
}

/** The recipe for a page: by its exact host or a real subdomain, else by its marks. */
export function recipeFor(
  doc: Document,
  host: string,
  list: readonly Recipe[] = recipes,
): Recipe | undefined {
  return (
    list.find((recipe) => servesHost(recipe, host)) ??
    list.find(
      ({ hosts, marks }) =>
        hosts.length === 0 && marks?.length && marks.every((mark) => doc.querySelector(mark)),
    )
  );
}
