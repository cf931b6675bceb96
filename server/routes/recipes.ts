import { Hono } from 'hono';
import { StaleReport } from '../../utils/contract/recipes.ts';
import { PATHS } from '../../utils/contract/routes.ts';
import { inWorkspace } from '../store/database.ts';
import { type Newest, noteStale } from '../store/recipe-stale.ts';
import { Refusal } from './problem.ts';
import { readBody } from './read-body.ts';
import { SHIPPED_RECIPES } from './shipped-recipes.ts';
import { done } from './team-refusal.ts';
import type { Deps, Env } from './types.ts';

/** Recipes newer than those that extensions ship, and which ones no longer fit. */
export const recipes = ({ db, clock, recipes: served }: Deps) =>
  new Hono<Env>()
    .get(PATHS.recipes, async (c) => {
      const { body, etag } = (await served?.read()) ?? NONE;
      c.header('etag', etag);
      if (isHeld(c.req.header('if-none-match'), etag)) return c.body(null, 304);
      return c.body(body, 200, { 'content-type': 'application/json' });
    })
    .post(PATHS.recipesStale, async (c) => {
      const { workspaceId } = c.get('device');
      const report = await readBody(c, StaleReport);
      if (!isKnown(report, (await served?.read())?.newest)) throw new Refusal(404, 'unknown-recipe', UNKNOWN);
      await inWorkspace(db, workspaceId, (trx) => noteStale(trx, workspaceId, report, clock()));
      return done(c, undefined);
    });

const UNKNOWN =
  'This server knows no such recipe in this version. It may be older than the extension: update it.';

/** Whether any browser can have it: else a member could fill what the admin sees with what is not. */
const isKnown = ({ id, version }: StaleReport, newest?: Newest): boolean =>
  newest?.get(id)?.version === version ||
  (Object.hasOwn(SHIPPED_RECIPES, id) && SHIPPED_RECIPES[id]?.includes(version) === true);

const NONE = { body: '{"recipes":[]}', etag: '"none"' };

/** Proxies that pack an answer make its tag a weak one. */
const isHeld = (asked: string | undefined, etag: string): boolean =>
  asked?.split(',').some((each) => each.trim().replace(/^W\//, '') === etag) ?? false;
