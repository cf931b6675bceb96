import * as v from 'valibot';
import { Recipe } from '../utils/contract/recipe.ts';
import { RECIPE_BYTES_MAX } from '../utils/contract/recipes.ts';

/** So many problems of one file are told. */
const TOLD = 5;

/**
 * Reads a file that is to be served: JSON, named after its recipe.
 * @param id the file's name without `.json`
 * @returns the recipe, or what is wrong where, in words for whoever wrote it
 */
export function readRecipeFile(id: string, text: string): { recipe: Recipe } | { problems: string[] } {
  if (Buffer.byteLength(text) > RECIPE_BYTES_MAX)
    return { problems: [`it is larger than ${RECIPE_BYTES_MAX / 1024} kB`] };
  let value: unknown;
  try {
    // Editors on Windows put a mark before it.
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { problems: [`it is not JSON: ${error instanceof Error ? error.message : ''}`] };
  }
  const read = v.safeParse(Recipe, value);
  if (!read.success) return { problems: read.issues.slice(0, TOLD).map(wordsOf) };
  const { output: recipe } = read;
  const problems = [...straysIn(value, recipe), ...misplaced(id, recipe)].slice(0, TOLD);
  return problems.length > 0 ? { problems } : { recipe };
}

function misplaced(id: string, recipe: Recipe): string[] {
  return [
    ...(recipe.id === id ? [] : [`id: the file of this recipe has to be called ${recipe.id}.json`]),
    ...(recipe.hosts.length > 0 || recipe.marks
      ? []
      : ['marks: without hosts, it must say by what it is known']),
  ];
}

/** What the format does not know is left out of what was read: a name that is mistyped would do nothing. */
function straysIn(written: unknown, read: unknown, path: string[] = []): string[] {
  if (typeof written !== 'object' || written === null) return [];
  const known = new Map<string, unknown>(Object.entries(Object(read)));
  return Object.entries(written).flatMap(([key, value]) =>
    known.has(key)
      ? straysIn(value, known.get(key), [...path, key])
      : [`${[...path, key].join('.')}: there is no such field`],
  );
}

function wordsOf(issue: v.BaseIssue<unknown>): string {
  const where = (issue.path ?? []).map(({ key }) => String(key)).join('.');
  return `${where === '' ? 'recipe' : where}: ${issue.message}`;
}
