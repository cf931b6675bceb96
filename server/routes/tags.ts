import { Hono } from 'hono';
import { PATHS, VERSION_HEADER } from '../../utils/contract/routes.ts';
import { inWorkspace } from '../store/database.ts';
import { readTagSet } from '../store/tag.ts';
import type { Deps, Env } from './types.ts';

export const tags = ({ db }: Deps) =>
  new Hono<Env>().get(PATHS.tags, async (c) => {
    const { workspaceId } = c.get('device');
    const known = c.req.header('if-none-match');
    const set = await inWorkspace(
      db,
      workspaceId,
      async (trx) => {
        const { version, tags_version } = await trx
          .selectFrom('workspace')
          .select(['version', 'tags_version'])
          .where('workspace_id', '=', workspaceId)
          .executeTakeFirstOrThrow();
        const etag = `"tags-${workspaceId}-${tags_version}"`;
        return { version, etag, bytes: known === etag ? undefined : await readTagSet(trx, workspaceId) };
      },
      'repeatable read',
    );
    c.header(VERSION_HEADER, String(set.version));
    c.header('etag', set.etag);
    c.header('cache-control', 'private, no-cache');
    if (set.bytes === undefined) return c.body(null, 304);
    return c.body(new Uint8Array(set.bytes), 200, { 'content-type': 'application/octet-stream' });
  });
