import * as client from 'openid-client';
import { normalAddress } from '../../utils/contract/match-key.ts';
import type { CompanySettings } from './company-settings.ts';
import type { Person, VisitState } from './visit.ts';

/** `refused`: by the company. `unreachable`: it did not answer, or not so that it can be believed. */
export type CompanyProblem = 'refused' | 'unreachable' | 'unverified' | 'domain';

/** Somebody whom the company let in, whom we do not. */
export interface Turned {
  problem: CompanyProblem;
  /** As they signed in, for their own eyes. */
  email?: string | undefined;
  cause?: unknown;
}

type Kept = NonNullable<VisitState['company']>;

export interface Company {
  /** @returns where to send the person, and what to keep until they are back */
  begin(uid: string, options: { choose: boolean }): Promise<{ url: string; kept: Kept } | Turned>;
  /** @param back the address that they came back to */
  finish(back: URL, kept: Kept): Promise<Person | Turned>;
}

/** The company's sign-in: any OpenID Connect issuer. It is asked about itself once, when it is first needed. */
export function createCompany(settings: CompanySettings, url: string): Company {
  let found: Promise<client.Configuration> | undefined;
  const redirect = `${url}/sign-in/callback`;

  function discover(): Promise<client.Configuration> {
    const insecure = settings.issuer.startsWith('http:');
    found ??= client
      .discovery(
        new URL(settings.issuer),
        settings.clientId,
        undefined,
        authentication(settings.clientSecret),
        {
          timeout: 10,
          execute: insecure ? [client.allowInsecureRequests] : [],
        },
      )
      .catch((error: unknown) => {
        found = undefined;
        throw error;
      });
    return found;
  }

  return {
    async begin(uid, { choose }) {
      try {
        const config = await discover();
        const verifier = client.randomPKCECodeVerifier();
        const kept = { state: `${uid}.${client.randomState()}`, nonce: client.randomNonce(), verifier };
        const to = client.buildAuthorizationUrl(config, {
          redirect_uri: redirect,
          scope: 'openid email profile',
          state: kept.state,
          nonce: kept.nonce,
          code_challenge: await client.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
          ...(choose && { prompt: 'select_account' }),
        });
        return { url: to.href, kept };
      } catch (cause) {
        return { problem: 'unreachable', cause };
      }
    },
    async finish(back, { state, nonce, verifier }) {
      try {
        const config = await discover();
        const tokens = await client.authorizationCodeGrant(config, back, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (!claims) return { problem: 'unreachable' };
        // Some put no more than the subject into the token.
        const more =
          claims.email === undefined && config.serverMetadata().userinfo_endpoint !== undefined
            ? await client.fetchUserInfo(config, tokens.access_token, claims.sub)
            : {};
        return personOf({ ...more, ...claims }, settings);
      } catch (cause) {
        const refused = cause instanceof client.AuthorizationResponseError;
        return { problem: refused ? 'refused' : 'unreachable', cause };
      }
    },
  };
}

/** By what the issuer takes: all of them take one of the two. */
function authentication(secret: string | undefined): client.ClientAuth {
  if (secret === undefined) return client.None();
  const [post, basic] = [client.ClientSecretPost(secret), client.ClientSecretBasic(secret)];
  return (as, ...rest) => {
    const known = as.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return (known.includes('client_secret_post') ? post : basic)(as, ...rest);
  };
}

/** Tenants of Microsoft Entra: only their own administrators write addresses there. */
const ENTRA = /^https:\/\/login\.microsoftonline\.com\/[0-9a-f-]{36}\/v2\.0$/;
const GOOGLE = 'https://accounts.google.com';

interface Claims {
  iss?: unknown;
  sub?: unknown;
  name?: unknown;
  email?: unknown;
  email_verified?: unknown;
  preferred_username?: unknown;
  hd?: unknown;
}

/** Who the company says this is. Without a confirmed address it could be anybody who typed that address there. */
export function personOf(claims: Claims, settings: CompanySettings): Person | Turned {
  const { iss, sub, name } = claims;
  const entra = ENTRA.test(settings.issuer);
  const given = claims.email ?? (entra ? claims.preferred_username : undefined);
  const email = typeof given === 'string' ? normalAddress(given) : undefined;
  const confirmed = claims.email_verified === true || entra || settings.trustEmail;
  if (email === undefined || !confirmed) return { problem: 'unverified', email };
  const domain = email.slice(email.lastIndexOf('@') + 1);
  if (settings.domains.length > 0 && !settings.domains.includes(domain)) return { problem: 'domain', email };
  // A private Google account may have the address of a company that its owner has left.
  const privately = iss === GOOGLE && domain !== 'gmail.com' && claims.hd !== domain;
  if (privately) return { problem: 'domain', email };
  const called = typeof name === 'string' ? name.trim().slice(0, 100) : '';
  return { subject: `${iss} ${sub}`, email, ...(called !== '' && { name: called }) };
}
