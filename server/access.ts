import { cors } from 'hono/cors';
import { createMiddleware } from 'hono/factory';
import { VERSION_HEADER } from '../utils/contract/routes.ts';
import { Refusal } from './routes/problem.ts';
import type { Deps, Env } from './routes/types.ts';
import type { Standing } from './store/browser.ts';

const EXTENSION = /^(chrome|moz)-extension:\/\/[a-z0-9-]+$/;

/** Pages of extensions may read our answers; pages of the web may not. */
export const extensionsOnly = [
  createMiddleware<Env>(async (c, next) => {
    await next();
    const asked = c.req.header('access-control-request-private-network') === 'true';
    if (asked && EXTENSION.test(c.req.header('origin') ?? '')) {
      c.header('access-control-allow-private-network', 'true');
    }
  }),
  cors({
    origin: (origin) => (EXTENSION.test(origin) ? origin : null),
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['authorization', 'content-type', 'if-none-match'],
    exposeHeaders: [VERSION_HEADER, 'etag', 'x-request-id'],
    maxAge: 600,
  }),
] as const;

/** Every path below needs the token of a browser that is let in. */
export const bearer = ({ accounts }: Pick<Deps, 'accounts'>) =>
  createMiddleware<Env>(async (c, next) => {
    const token = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    const who = token === undefined ? undefined : await accounts.tokens.verify(token);
    const standing = who && (await accounts.memberships.standing(who));
    if (who && typeof standing === 'object') {
      const { workspaceId, browserId } = who;
      c.set('device', { workspaceId, browserId, member: standing.member });
      await next();
      return;
    }
    c.header('www-authenticate', 'Bearer');
    throw notLetIn(standing);
  });

function notLetIn(standing: Standing | undefined): Refusal {
  if (standing === 'removed')
    return new Refusal(401, 'removed', 'You are no longer a member of this team. Ask an admin of the team.');
  if (standing === 'ended')
    return new Refusal(401, 'ended', 'This browser was disconnected from the team. Sign in again.');
  return new Refusal(401, 'token', 'This browser has no valid access token. Sign in in the options.');
}
