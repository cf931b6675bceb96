import { Hono } from 'hono';
import { PATHS } from '../../utils/contract/routes.ts';
import { inWorkspace } from '../store/database.ts';
import { readShared } from '../store/shared.ts';
import type { Deps, Env } from './types.ts';

export const shared = ({ db }: Deps) =>
  new Hono<Env>().get(PATHS.shared, async (c) => {
    const { workspaceId } = c.get('device');
    const answer = await inWorkspace(db, workspaceId, (trx) => readShared(trx, workspaceId));
    return c.body(answer, 200, { 'content-type': 'application/json' });
  });
