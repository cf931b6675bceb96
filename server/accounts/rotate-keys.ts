import { writeAudit } from '../store/audit.ts';
import { type Database, inWorkspace, type Trx } from '../store/database.ts';
import { REALM } from '../store/realm.ts';
import { readSecret, replaceSecret } from '../store/secret.ts';
import { KEYS_NAME, type Keys, newKeys } from './keys.ts';
import type { SecretBox } from './secret-box.ts';

/** ms for which what an earlier key signed is still believed: far longer than any access token lasts. */
const KEPT = 86_400_000;

/**
 * Puts a new signing key in front. The ones before it verify for a day more, so that nobody is signed out while
 * the servers start again. @returns the new key's id @throws when there are no keys yet
 */
export async function rotateKeys(db: Database, box: SecretBox, now: Date): Promise<string> {
  const rotate = async (trx: Trx) => {
    const held = await readSecret(trx, REALM, KEYS_NAME);
    if (!held) throw new Error('There are no sign-in keys yet: the first start of the server makes them.');
    const before: Keys = JSON.parse(box.open(KEYS_NAME, held));
    const { jwks, cookies } = await newKeys();
    const until = new Date(now.getTime() + KEPT).toISOString();
    const old = before.jwks.keys.map(({ kid = '' }) => [kid, before.retired?.[kid] ?? until] as const);
    const retired = Object.fromEntries(old.filter(([, at]) => at > now.toISOString()));
    const keys: Keys = {
      jwks: { keys: [...jwks.keys, ...before.jwks.keys.filter(({ kid = '' }) => kid in retired)] },
      cookies: [...cookies, ...before.cookies].slice(0, 2),
      retired,
    };
    await replaceSecret(trx, REALM, KEYS_NAME, box.seal(KEYS_NAME, JSON.stringify(keys)));
    const kid = jwks.keys[0]?.kid ?? '';
    await writeAudit(trx, REALM, 'secret.rotated', {
      target: { kind: 'secret', id: KEYS_NAME },
      detail: { signingKey: kid },
    });
    return kid;
  };
  // Of two at once, one begins again from what the other left.
  return inWorkspace(db, REALM, rotate, 'repeatable read');
}
