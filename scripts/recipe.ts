import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readRecipeFile } from '../server/recipe-file.ts';
import { whyRefused } from '../utils/background/newer-recipes.ts';
import type { Recipe } from '../utils/contract/recipe.ts';
import { recipes } from '../utils/detect/sites/index.ts';

const USAGE = `npm run --silent recipe -- gmail > gmail.json   writes the shipped recipe out, under the next version
npm run recipe -- gmail.json                    checks a file that is to be served

Sites: ${recipes.map(({ id }) => id).join(', ')}
`;

/** The version that a recipe mended today has: above the one before, whenever that was. */
function versionAfter(version: number, today: Date): number {
  const day = Number(today.toISOString().slice(0, 10).replaceAll('-', '')) * 100;
  return Math.max(day, version + 1);
}

/** What is wrong with the file, for the server or for browsers. */
function problemsOf(path: string): string[] {
  const read = readRecipeFile(basename(path, '.json'), readFileSync(path, 'utf8'));
  if ('problems' in read) return read.problems;
  const why = whyRefused(read.recipe, recipes);
  return why === undefined ? unheeded(read.recipe) : [why];
}

/** What browsers take from the shipped one, so that another would do nothing. */
function unheeded(recipe: Recipe): string[] {
  const ours = recipes.find(({ id }) => id === recipe.id);
  const fields = ['label', 'marks', 'expects'] as const;
  return fields
    .filter((field) => !isDeepStrictEqual(recipe[field], ours?.[field]))
    .map((field) => `${field}: it has to stay as the shipped one's: nothing else is heeded`);
}

const [asked = ''] = process.argv.slice(2);
const shipped = recipes.find(({ id }) => id === asked);
if (shipped) {
  const mended = { ...shipped, version: versionAfter(shipped.version, new Date()) };
  process.stdout.write(`${JSON.stringify(mended, undefined, 2)}\n`);
} else if (asked.endsWith('.json')) {
  const problems = problemsOf(asked);
  for (const problem of problems) process.stderr.write(`${asked}: ${problem}\n`);
  if (problems.length > 0) process.exitCode = 1;
  else process.stdout.write(`${asked} can be served.\n`);
} else {
  process.stderr.write(USAGE);
  process.exitCode = 1;
}
