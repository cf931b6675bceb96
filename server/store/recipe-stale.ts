import { sql } from 'kysely';
import type { StaleRecipe, StaleReport } from '../../utils/contract/recipes.ts';
import type { Trx } from './database.ts';

/**
 * Notes that a browser says so, and nothing of which. What is said of one version takes nothing from another: anybody in
 * the team can say anything of those there are (see `isKnown` in `routes/recipes.ts`), which also bounds them.
 */
export async function noteStale(
  trx: Trx,
  workspaceId: string,
  { id, version }: StaleReport,
  now: Date,
): Promise<void> {
  await sql`insert into recipe_stale (workspace_id, recipe, version, reports, first_at, last_at)
    values (${workspaceId}, ${id}, ${version}, 1, ${now}, ${now})
    on conflict (workspace_id, recipe, version)
    do update set reports = recipe_stale.reports + 1, last_at = excluded.last_at`.execute(trx);
}

/** The recipes that are served, by id: in which version, and since when. */
export type Newest = ReadonlyMap<string, { version: number; since: Date }>;

/** ms after which a browser that asked has heard of a recipe. */
const HEARD = 60_000;

/**
 * The longest known first, without those of which a newer version is served; unless browsers name the one before
 * although they could have that, so that they have not taken it.
 */
export async function readStale(trx: Trx, workspaceId: string, newest: Newest): Promise<StaleRecipe[]> {
  const rows = await trx
    .selectFrom('recipe_stale')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('first_at')
    .orderBy('recipe')
    .execute();
  const isMended = ({ recipe, version, last_at }: (typeof rows)[number]) => {
    const served = newest.get(recipe);
    return served && served.version > version && last_at.getTime() < served.since.getTime() + HEARD;
  };
  return rows
    .filter((row) => !isMended(row))
    .map(({ recipe, version, first_at, last_at, reports }) => ({
      ...{ id: recipe, version, reports },
      since: first_at.toISOString(),
      last: last_at.toISOString(),
    }));
}

/** Lets go of what nobody has said since then: a newer extension may have mended it. @returns how many */
export async function dropStale(trx: Trx, workspaceId: string, before: Date): Promise<number> {
  const gone = await trx
    .deleteFrom('recipe_stale')
    .where('workspace_id', '=', workspaceId)
    .where('last_at', '<', before)
    .executeTakeFirst();
  return Number(gone.numDeletedRows);
}
