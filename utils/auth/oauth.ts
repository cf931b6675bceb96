import * as oauth from 'oauth4webapi';
import type { Pending } from '../replica/disk.ts';
import type { Proof } from './key.ts';
import { PATIENCE, troubleOf } from './trouble-of.ts';

const CLIENT: oauth.Client = { client_id: 'truce-extension' };
const NONCE = 'use_dpop_nonce';

/** What the server's OpenID provider gives out. */
export interface Tokens {
  access: string;
  refresh: string | undefined;
  /** Seconds for which `access` is good. */
  seconds: number;
}

export type DeviceCode = NonNullable<Pending['device']>;

/** An authorization request that is under way: its address, and what turns the answer into a code. */
export interface Request {
  url: string;
  /** @throws `Refused` when the server or the person said no. */
  read(answer: string): { code: string; code_verifier: string };
}

/** The server said no, in the standard's words: `invalid_grant`, `authorization_pending`, `access_denied` … */
export class Refused extends Error {
  readonly code: string;

  constructor(code: string, cause: unknown) {
    super(`[oauth] refused: ${code}`, { cause });
    this.name = 'Refused';
    this.code = code;
  }
}

export type OAuth = ReturnType<typeof createOAuth>;

/**
 * The OpenID provider at `<server>/oidc`. Every call throws `Refused`, or `Trouble` (`offline`, `strange`).
 * No time is compared with this computer's clock: the server's nonces say that a proof is fresh.
 */
export function createOAuth(server: string, fetch: typeof globalThis.fetch) {
  const options = {
    // `serverOf` lets no other address without TLS through than this computer's own.
    [oauth.allowInsecureRequests]: server.startsWith('http:'),
    [oauth.customFetch]: (url: string, init: object) =>
      fetch(url, { ...init, cache: 'no-store', credentials: 'omit' }),
    signal: () => AbortSignal.timeout(PATIENCE),
  };
  const resource = `${server}/v1`;
  const client = oauth.None();
  let known: Promise<oauth.AuthorizationServer> | undefined;

  function discover(): Promise<oauth.AuthorizationServer> {
    const issuer = new URL(`${server}/oidc`);
    known ??= told(async () =>
      oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options)),
    );
    known.catch(() => {
      known = undefined;
    });
    return known;
  }

  /** The server may ask for a proof with its nonce in it; then once more. */
  async function ask(grantType: string, fields: Record<string, string>, proof: Proof) {
    const as = await discover();
    const parameters = { ...fields, resource };
    const all = { ...options, DPoP: proof };
    const once = () =>
      told(async () => {
        const response = await oauth.genericTokenEndpointRequest(
          ...([as, CLIENT, client, grantType, parameters, all] as const),
        );
        return oauth.processGenericTokenEndpointResponse(as, CLIENT, response);
      });
    const answer = await once().catch((error: unknown) => {
      if (error instanceof Refused && error.code === NONCE) return once();
      throw error;
    });
    const { access_token: access, refresh_token: refresh, expires_in: seconds = 60 } = answer;
    return { access, refresh, seconds } satisfies Tokens;
  }

  return {
    async request(redirect: string, extra: Record<string, string>): Promise<Request> {
      const as = await discover();
      const code_verifier = oauth.generateRandomCodeVerifier();
      const state = oauth.generateRandomState();
      const url = new URL(as.authorization_endpoint ?? `${server}/oidc/auth`);
      url.search = `${new URLSearchParams({
        client_id: CLIENT.client_id,
        response_type: 'code',
        redirect_uri: redirect,
        scope: 'offline_access',
        prompt: 'consent',
        resource,
        state,
        code_challenge: await oauth.calculatePKCECodeChallenge(code_verifier),
        code_challenge_method: 'S256',
        ...extra,
      })}`;
      return {
        url: url.href,
        read(answer) {
          try {
            const read = oauth.validateAuthResponse(as, CLIENT, new URL(answer), state);
            return { code: read.get('code') ?? '', code_verifier };
          } catch (error) {
            throw error instanceof oauth.AuthorizationResponseError
              ? new Refused(error.error, error)
              : troubleOf(error);
          }
        },
      };
    },

    byCode: (code: { code: string; code_verifier: string }, redirect: string, proof: Proof) =>
      ask('authorization_code', { ...code, redirect_uri: redirect }, proof),

    byRefresh: (refresh_token: string, proof: Proof) => ask('refresh_token', { refresh_token }, proof),

    byDevice: (device_code: string, proof: Proof) =>
      ask('urn:ietf:params:oauth:grant-type:device_code', { device_code }, proof),

    async device(extra: Record<string, string>): Promise<DeviceCode> {
      const as = await discover();
      const parameters = { scope: 'offline_access', prompt: 'consent', resource, ...extra };
      const answer = await told(async () =>
        oauth.processDeviceAuthorizationResponse(
          as,
          CLIENT,
          await oauth.deviceAuthorizationRequest(as, CLIENT, client, parameters, options),
        ),
      );
      return {
        deviceCode: answer.device_code,
        userCode: answer.user_code,
        link: answer.verification_uri_complete ?? answer.verification_uri,
        interval: answer.interval ?? 5,
      };
    },
  };
}

async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (oauth.isDPoPNonceError(error)) throw new Refused(NONCE, error);
    const no = error instanceof oauth.ResponseBodyError && error.status < 429;
    throw no ? new Refused(error.error, error) : troubleOf(error);
  }
}
