import { type Context, Hono } from 'hono';
import { PATHS } from '../../utils/contract/routes.ts';
import { IdRequest, MemberChange } from '../../utils/contract/team.ts';
import type { TeamRefusal } from '../store/actor.ts';
import { endOneBrowser } from '../store/browser-list.ts';
import { inWorkspace, type Trx } from '../store/database.ts';
import { changeMember, removeMember } from '../store/member.ts';
import { readBody } from './read-body.ts';
import { atLeast } from './role.ts';
import { done } from './team-refusal.ts';
import type { Deps, Env } from './types.ts';

/** Who may come in, as what and with which browsers. In force on this server at once, on others within 30 s. */
export const members = ({ db, accounts }: Deps) => {
  const change = async (c: Context<Env>, fn: (trx: Trx) => Promise<TeamRefusal | undefined>) => {
    const refusal = await inWorkspace(db, c.get('device').workspaceId, fn);
    if (refusal === undefined) accounts.memberships.forget(c.get('device').workspaceId);
    return done(c, refusal);
  };
  return new Hono<Env>()
    .post(PATHS.memberChange, async (c) => {
      const actor = c.get('device');
      atLeast('admin', actor);
      const wanted = await readBody(c, MemberChange);
      return change(c, (trx) => changeMember(trx, actor, wanted));
    })
    .post(PATHS.memberRemove, async (c) => {
      const actor = c.get('device');
      atLeast('admin', actor);
      const { id } = await readBody(c, IdRequest);
      return change(c, (trx) => removeMember(trx, actor, id));
    })
    .post(PATHS.memberLeave, async (c) => {
      const actor = c.get('device');
      return change(c, (trx) => removeMember(trx, actor, actor.member.id));
    })
    .post(PATHS.browserEnd, async (c) => {
      const actor = c.get('device');
      const { id } = await readBody(c, IdRequest);
      return change(c, (trx) => endOneBrowser(trx, actor, id));
    });
};
