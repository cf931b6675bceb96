import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Logger } from 'pino';
import type { Recipe } from '../utils/contract/recipe.ts';
import { RECIPE_BYTES_MAX, RECIPES_MAX } from '../utils/contract/recipes.ts';
import { readRecipeFile } from './recipe-file.ts';
import type { ServedRecipes } from './routes/types.ts';

/** ms for which the folder is taken to be as it was. */
const REST = 2000;

type Answer = Awaited<ReturnType<ServedRecipes['read']>>;

/**
 * The recipes in the operator's folder, looked after when they are asked for: what is put there is served without a
 * restart. A file that cannot be read is logged and left out until it is another one.
 * @param steady ms of a clock that nobody can set
 */
export function openRecipes(folder: string, log: Logger, steady = () => performance.now()): ServedRecipes {
  let seen: string | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let answer = answerWith([]);
  let looking: Promise<void> | undefined;
  const told = new Set<string>();

  async function look(): Promise<void> {
    const files = await listFiles(folder);
    const state = files.map(({ path, stamp }) => `${path} ${stamp}`).join('\n');
    if (state !== seen) {
      answer = answerWith(await readFiles(files, tell));
      seen = state;
    }
    lookedAt = steady();
  }

  /** Once for each state of a file. */
  function tell({ path, stamp }: File, reason: string): void {
    const once = `${path} ${stamp} ${reason}`;
    if (told.has(once)) return;
    if (told.size > 10 * RECIPES_MAX) told.clear();
    told.add(once);
    log.warn({ file: basename(path), reason }, 'a recipe is left out');
  }

  return {
    async read() {
      if (steady() - lookedAt >= REST) {
        looking ??= look().finally(() => {
          looking = undefined;
        });
        await looking;
      }
      return answer;
    },
  };
}

interface File {
  path: string;
  id: string;
  /** Bytes. */
  size: number;
  /** When it was put there. */
  since: Date;
  stamp: string;
}

interface Served {
  recipe: Recipe;
  since: Date;
}

/** By name; a folder that is not there has none. */
async function listFiles(folder: string): Promise<File[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json')).sort();
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const found = await stat(path).catch(() => undefined);
      if (!found?.isFile()) return undefined;
      const stamp = `${found.mtimeMs} ${found.size} ${found.ino}`;
      return { path, id: basename(name, '.json'), size: found.size, since: found.ctime, stamp };
    }),
  );
  return files.filter((file) => file !== undefined);
}

async function readFiles(files: File[], tell: (file: File, reason: string) => void): Promise<Served[]> {
  const recipes: Served[] = [];
  for (const file of files) {
    if (recipes.length >= RECIPES_MAX) {
      tell(file, `there are more than ${RECIPES_MAX}`);
      continue;
    }
    if (file.size > RECIPE_BYTES_MAX) {
      tell(file, `it is larger than ${RECIPE_BYTES_MAX / 1024} kB`);
      continue;
    }
    const text = await readFile(file.path, 'utf8').catch(() => undefined);
    const read = text === undefined ? { problems: ['it cannot be opened'] } : readRecipeFile(file.id, text);
    if ('recipe' in read) recipes.push({ recipe: read.recipe, since: file.since });
    else tell(file, read.problems.join('; '));
  }
  return recipes;
}

function answerWith(served: Served[]): Answer {
  const body = JSON.stringify({ recipes: served.map(({ recipe }) => recipe) });
  return {
    body,
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    newest: new Map(served.map(({ recipe: { id, version }, since }) => [id, { version, since }])),
  };
}
