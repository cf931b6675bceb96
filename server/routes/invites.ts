import { type Context, Hono } from 'hono';
import { PATHS } from '../../utils/contract/routes.ts';
import { IdRequest, InviteRequest, type NewLink } from '../../utils/contract/team.ts';
import type { TeamRefusal } from '../store/actor.ts';
import { inWorkspace } from '../store/database.ts';
import { type Invite, inviteLink } from '../store/invite.ts';
import { inviteBrowser, inviteMember, renewInvite, withdrawInvite } from '../store/invite-list.ts';
import { readBody } from './read-body.ts';
import { atLeast } from './role.ts';
import { done, teamRefusal } from './team-refusal.ts';
import type { Deps, Env } from './types.ts';

/** Links that let somebody in, or one more browser of one's own. */
export const invites = ({ db, accounts, clock }: Deps) => {
  /** The only time that the link is told. */
  const tell = (c: Context, made: Invite | TeamRefusal) => {
    if (typeof made === 'string') throw teamRefusal(made);
    return c.json({
      id: made.id,
      link: inviteLink(accounts.url, made.token),
      expiresAt: made.expiresAt.toISOString(),
    } satisfies NewLink);
  };
  return new Hono<Env>()
    .post(PATHS.invite, async (c) => {
      const actor = c.get('device');
      atLeast('lead', actor);
      const wanted = await readBody(c, InviteRequest);
      return tell(
        c,
        await inWorkspace(db, actor.workspaceId, (trx) => inviteMember(trx, actor, wanted, clock())),
      );
    })
    .post(PATHS.inviteRenew, async (c) => {
      const actor = c.get('device');
      const { id } = await readBody(c, IdRequest);
      return tell(c, await inWorkspace(db, actor.workspaceId, (trx) => renewInvite(trx, actor, id, clock())));
    })
    .post(PATHS.inviteWithdraw, async (c) => {
      const actor = c.get('device');
      const { id } = await readBody(c, IdRequest);
      return done(c, await inWorkspace(db, actor.workspaceId, (trx) => withdrawInvite(trx, actor, id)));
    })
    .post(PATHS.browserPair, async (c) => {
      const actor = c.get('device');
      return tell(c, await inWorkspace(db, actor.workspaceId, (trx) => inviteBrowser(trx, actor, clock())));
    });
};
