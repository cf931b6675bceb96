import { createHash } from 'node:crypto';
import { createLocalJWKSet, errors, importJWK, type JWK, jwtVerify, SignJWT } from 'jose';
import { v7 as uuid } from 'uuid';
import * as v from 'valibot';
import { Id } from '../../utils/contract/base.ts';
import type { Keys } from './keys.ts';

/** Seconds that an access token lasts; what it cannot say by then is asked of the refresh token. */
export const ACCESS_SECONDS = 600;

/** What the API's tokens are for: their `aud`. */
export const audienceOf = (url: string): string => `${url}/v1`;
/** The OpenID provider's own name: the tokens' `iss`. */
export const issuerOf = (url: string): string => `${url}/oidc`;

export interface Bearer {
  workspaceId: string;
  memberId: string;
  browserId: string;
}

const Claims = v.object({ sub: Id, wid: Id, bid: Id, exp: v.number() });

/** Tokens whose signature was found good are remembered by their hash, so many at a time. */
const KNOWN_MAX = 20_000;

export interface AccessTokens {
  /** Undefined when it is not one of ours, changed or expired. */
  verify(token: string): Promise<Bearer | undefined>;
  /** Whether it was found good before and has not expired. */
  isKnown(token: string): boolean;
  /** One like those that the OpenID provider gives out. */
  sign(bearer: Bearer, seconds?: number): Promise<string>;
}

/** Tokens are judged without asking anybody: their signature is by the server's own key. */
export function accessTokens(keys: Keys, url: string): AccessTokens {
  const verifiers = createLocalJWKSet({ keys: keys.jwks.keys.map(publicPart) });
  const expected = { issuer: issuerOf(url), audience: audienceOf(url), typ: 'at+jwt', algorithms: ['ES256'] };
  // Asking costs more than all else that lets a request in; a browser sends the same token for ten minutes.
  const known = new Map<string, { bearer: Bearer; until: number }>();
  const hashOf = (token: string) => createHash('sha256').update(token).digest('base64');
  function recall(hash: string): Bearer | undefined {
    const held = known.get(hash);
    if (held && Date.now() < held.until) return held.bearer;
    known.delete(hash);
    return undefined;
  }
  return {
    isKnown: (token) => recall(hashOf(token)) !== undefined,
    async verify(token) {
      const hash = hashOf(token);
      const recalled = recall(hash);
      if (recalled) return recalled;
      try {
        const { payload } = await jwtVerify(token, verifiers, expected);
        const claims = v.safeParse(Claims, payload);
        if (!claims.success) return undefined;
        const { wid: workspaceId, sub: memberId, bid: browserId, exp } = claims.output;
        if (known.size >= KNOWN_MAX) known.clear();
        const bearer = { workspaceId, memberId, browserId };
        known.set(hash, { bearer, until: exp * 1000 });
        return bearer;
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
    async sign({ workspaceId, memberId, browserId }, seconds = ACCESS_SECONDS) {
      const [key] = keys.jwks.keys;
      if (!key) throw new Error('[access-token] there is no key');
      return new SignJWT({ wid: workspaceId, bid: browserId, client_id: 'truce-extension' })
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: key.kid ?? '' })
        .setIssuer(expected.issuer)
        .setAudience(expected.audience)
        .setSubject(memberId)
        .setJti(uuid())
        .setIssuedAt()
        .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
        .sign(await importJWK(key, 'ES256'));
    },
  };
}

function publicPart({ d: _, ...rest }: JWK): JWK {
  return rest;
}
