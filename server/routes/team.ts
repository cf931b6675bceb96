import { Hono } from 'hono';
import { PATHS } from '../../utils/contract/routes.ts';
import { AUDIT_PAGE, WorkspaceChange } from '../../utils/contract/team.ts';
import { readAudit } from '../store/audit-list.ts';
import { inWorkspace } from '../store/database.ts';
import { changeWorkspace, readTeam } from '../store/team.ts';
import { Refusal } from './problem.ts';
import { readBody } from './read-body.ts';
import { atLeast } from './role.ts';
import { done, teamRefusal } from './team-refusal.ts';
import type { Deps, Env } from './types.ts';

const LIMIT_MAX = 100;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Who is in the team, its settings, and what was done. */
export const team = ({ db, recipes }: Deps) =>
  new Hono<Env>()
    .get(PATHS.team, async (c) => {
      const actor = c.get('device');
      const served = await recipes?.read();
      const answer = await inWorkspace(db, actor.workspaceId, (trx) => readTeam(trx, actor, served?.newest));
      if (!answer) throw teamRefusal('role');
      return c.json(answer);
    })
    .post(PATHS.workspace, async (c) => {
      const actor = c.get('device');
      atLeast('admin', actor);
      const change = await readBody(c, WorkspaceChange);
      return done(c, await inWorkspace(db, actor.workspaceId, (trx) => changeWorkspace(trx, actor, change)));
    })
    .get(PATHS.audit, async (c) => {
      const { workspaceId } = c.get('device');
      atLeast('admin', c.get('device'));
      const before = idOf(c.req.query('before'));
      const limit = limitOf(c.req.query('limit'));
      return c.json(await inWorkspace(db, workspaceId, (trx) => readAudit(trx, workspaceId, before, limit)));
    });

function idOf(typed: string | undefined): string | undefined {
  if (typed === undefined || UUID.test(typed)) return typed;
  throw new Refusal(400, 'invalid', 'The request must name the entry before which to go on by its id.');
}

function limitOf(typed: string | undefined): number {
  const limit = Number(typed ?? AUDIT_PAGE);
  if (Number.isInteger(limit) && limit >= 1 && limit <= LIMIT_MAX) return limit;
  throw new Refusal(400, 'invalid', `The request may ask for 1 to ${LIMIT_MAX} entries.`);
}
