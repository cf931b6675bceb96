import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { v7 as uuid } from 'uuid';
import { PATHS } from '../utils/contract/routes.ts';
import { bearer, hasKnownToken } from './access.ts';
import { cards } from './routes/cards.ts';
import { changes } from './routes/changes.ts';
import { commands } from './routes/commands.ts';
import { company } from './routes/company.ts';
import { definitions } from './routes/definitions.ts';
import { health } from './routes/health.ts';
import { invites } from './routes/invites.ts';
import { members } from './routes/members.ts';
import { mine } from './routes/mine.ts';
import { pairing, signOut } from './routes/pairing.ts';
import { privacy } from './routes/privacy.ts';
import { forLog, Refusal, refusalOf } from './routes/problem.ts';
import { recipes } from './routes/recipes.ts';
import { search } from './routes/search.ts';
import { session } from './routes/session.ts';
import { shared } from './routes/shared.ts';
import { stream } from './routes/stream.ts';
import { tags } from './routes/tags.ts';
import { team } from './routes/team.ts';
import type { Deps, Env } from './routes/types.ts';
import type { CompanySettings } from './sign-in/company-settings.ts';
import { signIn } from './sign-in/sign-in.ts';
import { guardHeaders, setHeader } from './walls/headers.ts';
import { extensionsOnly } from './walls/origins.ts';
import { openWalls, type Walls } from './walls/walls.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'OPTIONS'];
/** Of a request's address; sign-in with a company brings long ones. */
const URL_MAX = 8192;
/** Bytes of a body: several commands with long notes in them, or what any other request says. */
const COMMANDS_MAX = 256 * 1024;
const BODY_MAX = 32 * 1024;

/** What is counted by the address it comes from, before anybody is known. */
const DOORS = ['/oidc/*', '/sign-in/*', '/join/*', '/v1/pairing'];

const UNTRUSTED =
  'a proxy forwards requests, but TRUCE_TRUSTED_PROXIES names none: all who come through it share one limit';

/** The HTTP API. It keeps no state but counters and caches: any number of them can run on one database. */
export function createApp(
  deps: Deps,
  walls: Walls = openWalls(),
  companySignIn?: CompanySettings,
): Hono<Env> {
  const app = new Hono<Env>();
  app.use(logged(deps, walls, app));
  app.use(guardHeaders(deps.accounts.url));
  app.use(wellFormed);
  app.use('/v1/*', extensionsOnly(walls.origins));
  app.use(limitBody);
  for (const door of DOORS) app.use(door, walls.limits.doors);
  for (const path of ['/healthz', '/readyz']) app.use(path, walls.limits.health);
  app.route('/', health(deps));
  app.route('/', signIn(deps, walls, companySignIn));
  app.route('/', pairing(deps));
  app.use(
    '/v1/*',
    walls.limits.strangers(hasKnownToken(deps)),
    bearer(deps, walls.origins),
    walls.limits.members,
  );
  for (const routes of [
    session,
    tags,
    shared,
    cards,
    mine,
    changes,
    stream,
    search,
    company,
    commands,
    definitions,
    privacy,
    recipes,
    team,
    invites,
    members,
    signOut,
  ]) {
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
    if (refusal.retryAfter !== undefined) c.header('retry-after', String(refusal.retryAfter));
    return c.json(refusal.body(c.get('requestId')), refusal.status);
  });
  return app;
}

/** One line a request: a path that is not ours may hold anything, so it is not written down. */
const logged = ({ log }: Deps, walls: Walls, app: Hono<Env>) => {
  let known: Set<string> | undefined;
  let warned = false;
  return createMiddleware<Env>(async (c, next) => {
    const started = performance.now();
    const id = uuid();
    c.set('requestId', id);
    c.set('address', walls.addressOf(c));
    setHeader(c, 'x-request-id', id);
    if (!warned && walls.passesOver(c)) {
      warned = true;
      log.warn(UNTRUSTED);
    }
    await next();
    known ??= new Set(app.routes.map(({ path }) => path));
    log.info({
      id,
      method: c.req.method,
      path: known.has(c.req.path) ? c.req.path : 'other',
      status: c.res.status,
      ms: Math.round((performance.now() - started) * 10) / 10,
    });
  });
};

const wellFormed = createMiddleware<Env>(async (c, next) => {
  if (!METHODS.includes(c.req.method)) {
    c.header('allow', METHODS.join(', '));
    throw new Refusal(405, 'method', 'The server does not know this kind of request.');
  }
  if (c.req.url.length > URL_MAX) throw new Refusal(414, 'too-large', 'The address is too long.');
  await next();
});

const atMost = (bytes: number) =>
  bodyLimit({
    maxSize: bytes,
    onError() {
      throw new Refusal(
        413,
        'too-large',
        `The request is larger than ${bytes / 1024} kB. Send it in smaller parts.`,
      );
    },
  });
const [commandsLimit, ordinaryLimit] = [atMost(COMMANDS_MAX), atMost(BODY_MAX)];
const limitBody = createMiddleware<Env>((c, next) => {
  // Others have none, and looking for it makes a second request, which a stream would hold for hours.
  if (c.req.method !== 'POST') return next();
  return c.req.path === PATHS.commands ? commandsLimit(c, next) : ordinaryLimit(c, next);
});
