import { readAs } from '../contract/base.ts';
import { Recipe } from '../contract/recipe.ts';
import { covers } from '../contract/recipe-host.ts';
import { textAskedFor } from '../contract/recipe-literals.ts';
import { RECIPE_BYTES_MAX, RECIPES_MAX } from '../contract/recipes.ts';

/**
 * Why a recipe may not stand in for one that the extension ships, in words for whoever wrote it; `undefined`: it may.
 * It can only say where something stands on pages of the same hosts (see `newestOf`), and not ask what it says.
 * `docs/security.md` has what the team's server can learn by one all the same.
 */
export function whyRefused(served: Recipe, shipped: readonly Recipe[]): string | undefined {
  const ours = shipped.find(({ id }) => id === served.id);
  if (!ours) return `id: the extension knows no site ${served.id}`;
  if (served.version <= ours.version) return `version: it has to be above ${ours.version}, the shipped one's`;
  if (served.kind !== ours.kind) return `kind: it has to stay ${ours.kind}`;
  if (ours.hosts.length > 0 && served.hosts.length === 0)
    return 'hosts: without any it would be read everywhere';
  const wider = served.hosts.find((host) => !ours.hosts.some((own) => covers(own, host)));
  if (wider !== undefined) return `hosts: ${wider} is none of the shipped one's`;
  if (served.hosts.length === 0 && !served.marks)
    return 'marks: without hosts, it must say by what it is known';
  const text = textAskedFor(served, ours);
  if (text !== undefined) return `selectors: they may ask for no text that the shipped one does not: ${text}`;
  return undefined;
}

/** Of what a server answered, or what was kept of it, the recipes that may stand in for shipped ones. */
export function readServed(answer: readonly unknown[], shipped: readonly Recipe[]): Recipe[] {
  const newest = new Map<string, Recipe>();
  for (const each of answer.slice(0, RECIPES_MAX)) {
    const recipe = readAs(Recipe, each);
    if (!recipe || JSON.stringify(recipe).length > RECIPE_BYTES_MAX) continue;
    if (whyRefused(recipe, shipped) !== undefined) continue;
    if ((newest.get(recipe.id)?.version ?? 0) < recipe.version) newest.set(recipe.id, recipe);
  }
  return [...newest.values()];
}

/**
 * The shipped recipes in their order, each replaced where a newer one is served. What it is called, by what a site is
 * known, and what has to be found where, stay the shipped one's: else a server could make it the recipe of any page,
 * or have it told whether somebody was at an address.
 */
export function newestOf(shipped: readonly Recipe[], served: readonly Recipe[]): readonly Recipe[] {
  const newer = new Map(served.map((recipe) => [recipe.id, recipe]));
  return shipped.map((recipe) => {
    const found = newer.get(recipe.id);
    return found && found.version > recipe.version ? inPlaceOf(recipe, found) : recipe;
  });
}

function inPlaceOf({ label, marks, expects }: Recipe, served: Recipe): Recipe {
  const { marks: _, expects: __, ...rest } = served;
  return { ...rest, label, ...(marks && { marks }), ...(expects && { expects }) };
}
