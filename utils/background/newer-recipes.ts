import { readAs } from '../contract/base.ts';
import { Recipe } from '../contract/recipe.ts';
import { RECIPE_BYTES_MAX, RECIPES_MAX } from '../contract/recipes.ts';

/** Whether all that one host pattern (`mail.example.org`, `*.example.org`) stands for is in the other. */
function covers(shipped: string, served: string): boolean {
  if (shipped === served) return true;
  return shipped.startsWith('*.') && `.${served.replace(/^\*\./, '')}`.endsWith(shipped.slice(1));
}

/**
 * Why a recipe may not stand in for one that the extension ships, in words for whoever wrote it; `undefined`: it may.
 * It can only point elsewhere on pages of the same hosts. Of a site that goes by its marks these may be any that the
 * user has allowed, and what a selector finds shows in whether the recipe misses: the team's server is trusted so far.
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

/** The shipped recipes in their order, each replaced where a newer one is served; labels stay as they are known. */
export function newestOf(shipped: readonly Recipe[], served: readonly Recipe[]): readonly Recipe[] {
  const newer = new Map(served.map((recipe) => [recipe.id, recipe]));
  return shipped.map((recipe) => {
    const found = newer.get(recipe.id);
    return found && found.version > recipe.version ? { ...found, label: recipe.label } : recipe;
  });
}
