import { Hono } from 'hono';
import { StaleReport } from '../../utils/contract/recipes.ts';
import { PATHS } from '../../utils/contract/routes.ts';
import { inWorkspace } from '../store/database.ts';
import { noteStale } from '../store/recipe-stale.ts';
import { readBody } from './read-body.ts';
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
      await inWorkspace(db, workspaceId, (trx) => noteStale(trx, workspaceId, report, clock()));
      return done(c, undefined);
    });

const NONE = { body: '{"recipes":[]}', etag: '"none"' };

/** Proxies that pack an answer make its tag a weak one. */
const isHeld = (asked: string | undefined, etag: string): boolean =>
  asked?.split(',').some((each) => each.trim().replace(/^W\//, '') === etag) ?? false;
