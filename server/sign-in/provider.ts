import { createHmac } from 'node:crypto';
import Provider, { type Configuration } from 'oidc-provider';
import { ACCESS_SECONDS, audienceOf, issuerOf } from '../accounts/access-token.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { endBrowser, readStanding, touchBrowser } from '../store/browser.ts';
import { type Database, inWorkspace } from '../store/database.ts';
import { readAccountId } from './account-id.ts';
import { oidcAdapter } from './adapter.ts';
import { CLIENT_ID, type Extensions, redirectUris } from './extensions.ts';
import { readInvitation } from './invitation.ts';
import { rotate } from './rotate.ts';
import { visitPath, writeVisitState } from './visit.ts';

const DAY = 86_400;
/** Seconds that a browser may be away before it has to sign in again. */
const REFRESH_SECONDS = 90 * DAY;
/** A grant has no end of its own: its refresh tokens have. */
const FOR_EVER = 100 * 365 * DAY;

export interface ProviderDeps {
  db: Database;
  accounts: Accounts;
  extensions: Extensions;
  clock: () => Date;
  /** The pages that the provider shows itself. */
  screens: {
    error: NonNullable<Configuration['renderError']>;
    deviceCode: NonNullable<DeviceFlow['userCodeInputSource']>;
    deviceConfirm: NonNullable<DeviceFlow['userCodeConfirmSource']>;
    deviceDone: NonNullable<DeviceFlow['successSource']>;
  };
}
type DeviceFlow = NonNullable<NonNullable<Configuration['features']>['deviceFlow']>;

/** The OpenID provider that gives browsers their tokens. Everything it remembers is in the database. */
export function createProvider(deps: ProviderDeps): Provider {
  const { accounts } = deps;
  const provider = new Provider(issuerOf(accounts.url), configuration(deps));
  // It may believe the headers that say by which address a request came: `mount.ts` writes them.
  provider.proxy = true;
  provider.use(keepPage);
  return provider;
}

/**
 * At an address left over from another sign-in the provider has made its page, and then fails to save a session
 * that was never begun: the page is the answer.
 */
async function keepPage(ctx: { body: unknown }, next: () => Promise<void>): Promise<void> {
  try {
    await next();
  } catch (error) {
    const unsaved = error instanceof TypeError && error.message.startsWith('persist can only be called');
    if (!unsaved || !ctx.body) throw error;
  }
}

function configuration(deps: ProviderDeps): Configuration {
  const { db, accounts, extensions, clock, screens } = deps;
  const api = audienceOf(accounts.url);
  return {
    adapter: oidcAdapter(db, async (accountId) => {
      const account = readAccountId(accountId);
      if (!account) return;
      const reason = Provider.ctx?.oidc.route === 'revocation' ? 'signed-out' : 'reuse';
      await inWorkspace(db, account.workspaceId, (trx) =>
        endBrowser(trx, account.workspaceId, account.browserId, { reason }),
      );
      accounts.memberships.forget(account.workspaceId);
    }),
    clients: [
      {
        client_id: CLIENT_ID,
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
        response_types: ['code'],
        redirect_uris: redirectUris(extensions),
        dpop_bound_access_tokens: true,
        id_token_signed_response_alg: 'ES256',
      },
    ],
    jwks: accounts.keys.jwks,
    cookies: { keys: accounts.keys.cookies },
    scopes: ['offline_access'],
    claims: {},
    responseTypes: ['code'],
    clientAuthMethods: ['none'],
    clientBasedCORS: (_ctx, origin) => extensions.origins.isOurs(origin),
    pkce: { required: () => true },
    extraParams: {
      browser_name(ctx, value) {
        Object.assign(ctx.oidc.params ?? {}, { browser_name: value?.slice(0, 60) });
      },
      // The secret itself is not to be remembered.
      invitation(ctx, value) {
        Object.assign(ctx.oidc.params ?? {}, { invitation: value && readInvitation(value) });
      },
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      claimsParameter: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      dPoP: { enabled: true, nonceSecret: nonceSecret(accounts.keys.cookies), requireNonce: () => true },
      deviceFlow: {
        enabled: true,
        mask: '****-****',
        userCodeInputSource: screens.deviceCode,
        userCodeConfirmSource: screens.deviceConfirm,
        successSource: screens.deviceDone,
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => api,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: 'offline_access',
          audience: api,
          accessTokenFormat: 'jwt',
          accessTokenTTL: ACCESS_SECONDS,
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
    formats: {
      customizers: {
        jwt(_ctx, token, { payload }) {
          const account = readAccountId('accountId' in token ? token.accountId : undefined);
          if (!account) throw new Error('[provider] an access token without a browser');
          Object.assign(payload, { sub: account.memberId, wid: account.workspaceId, bid: account.browserId });
        },
      },
    },
    // Asked before anything is given out: whether the member and the browser still stand.
    async findAccount(ctx, accountId) {
      const account = readAccountId(accountId);
      if (!account) return undefined;
      const { workspaceId, browserId } = account;
      const stands = await inWorkspace(db, workspaceId, async (trx) => {
        const standing = await readStanding(trx, workspaceId, browserId);
        if (typeof standing !== 'object' || standing.member.id !== account.memberId) return false;
        if (ctx.oidc.route === 'token') {
          const said = ctx.get('origin');
          const origin = extensions.origins.isOurs(said) ? said : undefined;
          // The first tokens may be lost on the way: until it comes in with them, or renews them, it is unclaimed.
          const renews = ctx.oidc.params?.grant_type === 'refresh_token';
          await touchBrowser(trx, workspaceId, browserId, { origin, usedAt: renews ? clock() : undefined });
        }
        return true;
      });
      return stands ? { accountId, claims: () => ({ sub: accountId }) } : undefined;
    },
    interactions: {
      async url(ctx, { uid }) {
        const code = ctx.oidc.entities.DeviceCode?.userCode?.replace(/^(.{4})(.{4})$/, '$1-$2');
        if (code !== undefined) await writeVisitState(db, { uid, state: {} }, { code });
        return visitPath(accounts.url, uid);
      },
    },
    issueRefreshToken: () => true,
    rotateRefreshToken: (ctx) => rotate(ctx, deps),
    expiresWithSession: () => false,
    renderError: screens.error,
    ttl: {
      AccessToken: ACCESS_SECONDS,
      AuthorizationCode: 60,
      DeviceCode: 900,
      Grant: FOR_EVER,
      Interaction: 3600,
      RefreshToken: REFRESH_SECONDS,
      Session: 3600,
    },
  };
}

/** The same in every process: a proof made with one's nonce is accepted by all. */
const nonceSecret = ([key = '']: readonly string[]): Buffer =>
  createHmac('sha256', key).update('dpop nonces').digest();
