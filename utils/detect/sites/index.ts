import type { Recipe } from '../../contract/recipe.ts';
import { github } from './github.ts';
import { gmail } from './gmail.ts';
import { linkedin } from './linkedin.ts';
import { outlook } from './outlook.ts';
import { proton } from './proton.ts';
import { roundcube } from './roundcube.ts';
import { x } from './x.ts';

/** By priority. Those known by host come first, those known by their marks after. */
export const recipes: readonly Recipe[] = [gmail, outlook, proton, linkedin, x, github, roundcube];

function servesHost(recipe: Recipe, host: string): boolean {
  return recipe.hosts.some((one) =>
    one.startsWith('*.') ? host === one.slice(2) || host.endsWith(one.slice(1)) : host === one,
  );
}

/** The recipes that a page on this host may need: the host's own, else all of those that go by their marks. */
export function recipesAt(host: string, list: readonly Recipe[] = recipes): readonly Recipe[] {
  const own = list.filter((recipe) => servesHost(recipe, host));
  return own.length > 0 ? own : list.filter(({ hosts }) => hosts.length === 0);
}
