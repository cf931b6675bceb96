import * as v from 'valibot';
import { Instant, Int } from './base.ts';
import { Recipe } from './recipe.ts';

/** What a server serves at most, and of what a browser takes no more: recipes, and bytes of one as JSON. */
export const RECIPES_MAX = 100;
export const RECIPE_BYTES_MAX = 64 * 1024;

/**
 * `GET /v1/recipes`: the recipes that the server's operator has put there, with an `ETag`; asked with it in
 * `If-None-Match`, 304 while they are the same. Browsers read each by itself, so that one that is of another version
 * takes nobody along.
 */
export const RecipesAnswer = v.object({ recipes: v.pipe(v.array(v.unknown()), v.maxLength(RECIPES_MAX)) });

/**
 * `POST /v1/recipes/stale`: this recipe missed three times in a row. Answers `Done`; nothing else is ever told of it. 404:
 * the server neither knows it as shipped nor serves it.
 */
export const StaleReport = v.object({ id: Recipe.entries.id, version: Recipe.entries.version });
export type StaleReport = v.InferOutput<typeof StaleReport>;

/** A recipe that no longer fits its site, for the team's admins; gone when a newer one is served. */
export const StaleRecipe = v.object({
  ...StaleReport.entries,
  /** It was said first, and last. */
  since: Instant,
  last: Instant,
  /** How often: once by a browser, as long as it stays signed in. */
  reports: v.pipe(Int, v.minValue(1)),
});
export type StaleRecipe = v.InferOutput<typeof StaleRecipe>;
