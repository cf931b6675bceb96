import { ServerResponse } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { PATHS } from '../../utils/contract/routes.ts';
import { changesEvent, HELLO } from '../feed/encode.ts';
import { STREAM_HEADERS } from '../feed/listener.ts';
import { inWorkspace } from '../store/database.ts';
import { readFeed } from '../store/feed.ts';
import { sinceOf } from './since.ts';
import type { Deps, Env } from './types.ts';

/** The turn of a request ends when its stream has begun, which is also when its line goes to the log. */
export const stream = ({ db, feed }: Deps) =>
  new Hono<Env>().get(PATHS.stream, async (c) => {
    const since = sinceOf(c);
    if (c.req.method === 'HEAD') return c.body(null, 200, STREAM_HEADERS);
    const { workspaceId, browserId } = c.get('device');
    const outgoing = c.env?.outgoing;
    if (feed && outgoing instanceof ServerResponse) {
      feed.open({ workspaceId, browserId }, since, outgoing);
      return RESPONSE_ALREADY_SENT;
    }
    const page = await inWorkspace(
      db,
      workspaceId,
      (trx) => readFeed(trx, workspaceId, since),
      'repeatable read',
    );
    return c.body(`${HELLO}${changesEvent(since, page).bytes}`, 200, STREAM_HEADERS);
  });
