import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';
import { v7 as uuid } from 'uuid';
import { PATHS } from '../utils/contract/routes.ts';
import { bearer, extensionsOnly } from './access.ts';
import { cards } from './routes/cards.ts';
import { changes } from './routes/changes.ts';
import { commands } from './routes/commands.ts';
import { company } from './routes/company.ts';
import { health } from './routes/health.ts';
import { forLog, Refusal, refusalOf } from './routes/problem.ts';
import { privacy } from './routes/privacy.ts';
import { search } from './routes/search.ts';
import { session } from './routes/session.ts';
import { shared } from './routes/shared.ts';
import { tags } from './routes/tags.ts';
import type { Deps, Env } from './routes/types.ts';

const BODY_MAX = 256 * 1024;
const KNOWN_PATHS = new Set<string>([...Object.values(PATHS), '/healthz', '/readyz']);

/** The HTTP API. It keeps no state of its own: any number of them can run on one database. */
export function createApp(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.use(logged(deps));
  app.use(
    secureHeaders({ contentSecurityPolicy: { defaultSrc: ["'none'"] }, strictTransportSecurity: false }),
  );
  app.use(...extensionsOnly);
  app.use(bodyLimit({ maxSize: BODY_MAX, onError: tooLarge }));
  app.route('/', health(deps));
  app.use('/v1/*', bearer(deps));
  for (const routes of [session, tags, shared, cards, changes, search, company, commands, privacy]) {
    app.route('/', routes(deps));
  }
  app.notFound(() => {
    throw new Refusal(
      404,
      'path',
      'There is nothing at this address. Is the extension newer than the server?',
    );
  });
  app.onError((error, c) => {
    const refusal = refusalOf(error);
    if (refusal.status >= 500) {
      deps.log.error({ id: c.get('requestId'), ...forLog(error) }, 'request failed');
    }
    return c.json(refusal.body, refusal.status);
  });
  return app;
}

/** One line a request: a path that is not ours may hold anything, so it is not written down. */
const logged = ({ log }: Deps) =>
  createMiddleware<Env>(async (c, next) => {
    const started = performance.now();
    const id = uuid();
    c.set('requestId', id);
    await next();
    c.header('x-request-id', id);
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store');
    log.info({
      id,
      method: c.req.method,
      path: KNOWN_PATHS.has(c.req.path) ? c.req.path : 'other',
      status: c.res.status,
      ms: Math.round((performance.now() - started) * 10) / 10,
    });
  });

function tooLarge(): never {
  throw new Refusal(413, 'too-large', 'The request is larger than 256 kB. Send it in smaller parts.');
}
