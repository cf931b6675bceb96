import { Hono } from 'hono';
import { PATHS } from '../../utils/contract/routes.ts';
import { inWorkspace } from '../store/database.ts';
import { readFeed } from '../store/feed.ts';
import { Refusal } from './problem.ts';
import type { Deps, Env } from './types.ts';

export const changes = ({ db }: Deps) =>
  new Hono<Env>().get(PATHS.changes, async (c) => {
    const since = c.req.query('since') ?? '0';
    if (!/^\d{1,15}$/.test(since)) {
      throw new Refusal(400, 'invalid', 'The request must say since which version, as a whole number.');
    }
    const { workspaceId } = c.get('device');
    return c.json(
      await inWorkspace(
        db,
        workspaceId,
        (trx) => readFeed(trx, workspaceId, Number(since)),
        'repeatable read',
      ),
    );
  });
