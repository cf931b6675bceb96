import { Hono } from 'hono';
import { PATHS, type Session } from '../../utils/contract/routes.ts';
import { inWorkspace } from '../store/database.ts';
import type { Deps, Env } from './types.ts';

export const session = ({ db }: Deps) =>
  new Hono<Env>().get(PATHS.session, async (c) => {
    const { workspaceId, member } = c.get('device');
    const row = await inWorkspace(db, workspaceId, (trx) =>
      trx
        .selectFrom('workspace')
        .select(['name', 'tag_key', 'version', 'lock_days'])
        .where('workspace_id', '=', workspaceId)
        .executeTakeFirstOrThrow(),
    );
    return c.json({
      workspace: { id: workspaceId, name: row.name },
      me: member.id,
      tagKey: row.tag_key.toString('base64'),
      version: row.version,
      lockDays: row.lock_days,
      role: member.role,
    } satisfies Session);
  });
