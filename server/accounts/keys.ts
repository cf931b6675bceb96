import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { type Database, inWorkspace } from '../store/database.ts';
import { REALM } from '../store/realm.ts';
import { addSecret, readSecret } from '../store/secret.ts';
import type { SecretBox } from './secret-box.ts';

/** What the OpenID provider signs with; one set for all servers of a database. */
export interface Keys {
  /** Private, ES256; the first one signs. */
  jwks: { keys: JWK[] };
  /** For its cookies. */
  cookies: string[];
  /** Until when keys that sign no more are believed, by their ids. */
  retired?: Record<string, string>;
}

/** What they are kept as. */
export const KEYS_NAME = 'sign-in keys';

/** Reads the keys, or makes them at the first start. @throws with a sentence for people when they cannot be opened */
export async function openKeys(db: Database, box: SecretBox): Promise<Keys> {
  return inWorkspace(db, REALM, async (trx) => {
    const held = (await readSecret(trx, REALM, KEYS_NAME)) ?? (await make());
    const keys: Keys = JSON.parse(box.open(KEYS_NAME, held));
    const now = new Date().toISOString();
    const stands = ({ kid = '' }: JWK) => (keys.retired?.[kid] ?? now) >= now;
    return { ...keys, jwks: { keys: keys.jwks.keys.filter(stands) } };

    async function make() {
      await addSecret(trx, REALM, KEYS_NAME, box.seal(KEYS_NAME, JSON.stringify(await newKeys())));
      const standing = await readSecret(trx, REALM, KEYS_NAME);
      if (!standing) throw new Error('[keys] the new keys are not there');
      return standing;
    }
  });
}

export async function newKeys(): Promise<Keys> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const kid = randomBytes(8).toString('hex');
  const jwk = { ...(await exportJWK(privateKey)), kid, use: 'sig', alg: 'ES256' };
  return { jwks: { keys: [jwk] }, cookies: [randomBytes(32).toString('base64url')] };
}
