import { Hono } from 'hono';
import { forLog } from '../routes/problem.ts';
import type { Deps, Env } from '../routes/types.ts';
import { createCompany } from './company.ts';
import type { CompanySettings } from './company-settings.ts';
import type { Extensions } from './extensions.ts';
import { mountProvider } from './mount.ts';
import { signInPages } from './pages.ts';
import { createProvider } from './provider.ts';
import { screens } from './screens.ts';

/** Everything by which a browser comes in: the OpenID provider and its pages. */
export function signIn(deps: Deps, extensions: Extensions, settings?: CompanySettings): Hono<Env> {
  const { db, accounts, clock, log } = deps;
  const provider = createProvider({ db, accounts, extensions, clock, screens });
  provider.on('server_error', (ctx, error) =>
    log.error({ route: ctx.oidc?.route, ...forLog(error) }, 'sign-in failed'),
  );
  // Without a listener it would write what was thrown, with its text, past the log.
  const events: NodeJS.EventEmitter = provider;
  events.on('error', (error: unknown) => log.error(forLog(error), 'sign-in failed'));
  const company = settings && createCompany(settings, accounts.url);
  return new Hono<Env>()
    .all('/oidc/*', mountProvider(provider, accounts.url))
    .route('/', signInPages(deps, provider, company));
}
