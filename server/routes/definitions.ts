import { Hono } from 'hono';
import { VersionsRequest } from '../../utils/contract/definition.ts';
import { PATHS } from '../../utils/contract/routes.ts';
import { inWorkspace } from '../store/database.ts';
import { readVersions } from '../store/definition.ts';
import { Refusal } from './problem.ts';
import { readBody } from './read-body.ts';
import type { Deps, Env } from './types.ts';

export const definitions = ({ db }: Deps) =>
  new Hono<Env>().post(PATHS.versions, async (c) => {
    const { id } = await readBody(c, VersionsRequest);
    const { workspaceId } = c.get('device');
    const answer = await inWorkspace(db, workspaceId, (trx) => readVersions(trx, workspaceId, id));
    if (answer === undefined) throw new Refusal(404, 'gone', 'This definition is not there.');
    return c.body(answer, 200, { 'content-type': 'application/json' });
  });
