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
        .innerJoin('tag_key as k', 'k.workspace_id', 'workspace.workspace_id')
        .select(['name', 'version', 'lock_days', 'k.key', 'k.key_no'])
        .where('workspace.workspace_id', '=', workspaceId)
        .where('k.since', 'is not', null)
        .where('k.until', 'is', null)
        .executeTakeFirstOrThrow(),
    );
    return c.json({
      workspace: { id: workspaceId, name: row.name },
      me: member.id,
      tagKey: row.key.toString('base64'),
      tagKeyNo: row.key_no,
      version: row.version,
      lockDays: row.lock_days,
      role: member.role,
    } satisfies Session);
  });
