import { Hono } from 'hono';
import { PATHS, SearchRequest } from '../../utils/contract/routes.ts';
import { inWorkspace } from '../store/database.ts';
import { searchContacts } from '../store/search.ts';
import { readBody } from './read-body.ts';
import type { Deps, Env } from './types.ts';

const HITS = 20;

export const search = ({ db }: Deps) =>
  new Hono<Env>().post(PATHS.search, async (c) => {
    const { q, limit = HITS } = await readBody(c, SearchRequest);
    const { workspaceId } = c.get('device');
    const hits = await inWorkspace(db, workspaceId, (trx) => searchContacts(trx, workspaceId, q, limit));
    return c.json({ hits });
  });
