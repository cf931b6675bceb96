import { Hono } from 'hono';
import type { MineAnswer } from '../../utils/contract/mine.ts';
import { PATHS } from '../../utils/contract/routes.ts';
import { inWorkspace } from '../store/database.ts';
import { readMine } from '../store/mine.ts';
import type { Deps, Env } from './types.ts';

export const mine = ({ db, clock }: Deps) =>
  new Hono<Env>().get(PATHS.mine, async (c) => {
    const { workspaceId, member } = c.get('device');
    const ids = await inWorkspace(db, workspaceId, (trx) => readMine(trx, workspaceId, member.id, clock()));
    return c.json({ ids } satisfies MineAnswer);
  });
