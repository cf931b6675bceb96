import { Hono } from 'hono';
import { PATHS } from '../../utils/contract/routes.ts';
import { inWorkspace } from '../store/database.ts';
import { readFeed } from '../store/feed.ts';
import { sinceOf } from './since.ts';
import type { Deps, Env } from './types.ts';

export const changes = ({ db }: Deps) =>
  new Hono<Env>().get(PATHS.changes, async (c) => {
    const since = sinceOf(c);
    const { workspaceId } = c.get('device');
    return c.json(
      await inWorkspace(db, workspaceId, (trx) => readFeed(trx, workspaceId, since), 'repeatable read'),
    );
  });
