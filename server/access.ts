import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { Refusal } from './routes/problem.ts';
import type { Deps, Env } from './routes/types.ts';
import { recordOrigin, type Standing } from './store/browser.ts';
import { inWorkspace } from './store/database.ts';
import { foreign, type Origins } from './walls/origins.ts';

const tokenOf = (c: Context<Env>) => /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];

/** Whether a request's token was found good before, so that letting it in costs next to nothing. */
export const hasKnownToken =
  ({ accounts }: Pick<Deps, 'accounts'>) =>
  (c: Context<Env>): boolean => {
    const token = tokenOf(c);
    return token !== undefined && accounts.tokens.isKnown(token);
  };

/** Every path below needs the token of a browser that is let in, and of its own extension if it says where from. */
export const bearer = ({ db, accounts }: Pick<Deps, 'db' | 'accounts'>, origins: Origins) => {
  return createMiddleware<Env>(async (c, next) => {
    const token = tokenOf(c);
    const who = token === undefined ? undefined : await accounts.tokens.verify(token);
    const standing = who && (await accounts.memberships.standing(who));
    if (!who || typeof standing !== 'object') {
      c.header('www-authenticate', 'Bearer');
      throw notLetIn(standing);
    }
    const { workspaceId, browserId } = who;
    const origin = c.req.header('origin');
    if (origin !== undefined && !origins.isConfigured(origin)) {
      if (origin !== (standing.origin ?? (await bind(workspaceId, browserId, origin)))) throw foreign();
    }
    c.set('device', { workspaceId, browserId, member: standing.member });
    await next();
  });

  /** A browser that was paired without saying where from is held to what it says first. */
  async function bind(workspaceId: string, browserId: string, origin: string): Promise<string | null> {
    const recorded = await inWorkspace(db, workspaceId, (trx) =>
      recordOrigin(trx, workspaceId, browserId, origin),
    );
    accounts.memberships.forget(workspaceId);
    return recorded;
  }
};

function notLetIn(standing: Standing | undefined): Refusal {
  if (standing === 'removed')
    return new Refusal(401, 'removed', 'You are no longer a member of this team. Ask an admin of the team.');
  if (standing === 'ended')
    return new Refusal(401, 'ended', 'This browser was disconnected from the team. Sign in again.');
  return new Refusal(401, 'token', 'This browser has no valid access token. Sign in in the options.');
}
