import { Hono } from 'hono';
import { IdsRequest, LookupRequest, PATHS } from '../../utils/contract/routes.ts';
import { lookup, readCards, readCompanies } from '../store/lookup.ts';
import { readBody } from './read-body.ts';
import type { Deps, Env } from './types.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

export const cards = ({ db }: Deps) =>
  new Hono<Env>()
    .post(PATHS.lookup, async (c) => {
      const { tags } = await readBody(c, LookupRequest);
      return c.body(await lookup(db, c.get('device').workspaceId, tags), 200, JSON_TYPE);
    })
    .post(PATHS.cards, async (c) => {
      const { ids } = await readBody(c, IdsRequest);
      return c.body(await readCards(db, c.get('device').workspaceId, ids), 200, JSON_TYPE);
    })
    .post(PATHS.companies, async (c) => {
      const { ids } = await readBody(c, IdsRequest);
      return c.body(await readCompanies(db, c.get('device').workspaceId, ids), 200, JSON_TYPE);
    });
