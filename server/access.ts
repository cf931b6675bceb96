import { cors } from 'hono/cors';
import { createMiddleware } from 'hono/factory';
import { VERSION_HEADER } from '../utils/contract/routes.ts';
import { Refusal } from './routes/problem.ts';
import type { Deps, Env } from './routes/types.ts';
import { findDevice } from './store/device.ts';

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

/** Every path below needs the token of a browser. */
export const bearer = ({ db }: Pick<Deps, 'db'>) =>
  createMiddleware<Env>(async (c, next) => {
    const token = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    const device = token === undefined ? undefined : await findDevice(db, token);
    if (!device) {
      c.header('www-authenticate', 'Bearer');
      throw new Refusal(
        401,
        'token',
        'This browser is not connected to the team. Connect it in the options with a token from the server.',
      );
    }
    c.set('device', device);
    await next();
  });
