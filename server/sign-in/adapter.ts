import Provider, { type Adapter, type AdapterFactory, type AdapterPayload, errors } from 'oidc-provider';
import type { Database } from '../store/database.ts';
import { consumeOidc, deleteOidc, type FoundOidc, findOidc, hashId, putOidc } from '../store/oidc.ts';

/** In front of the hash that stands for a device code where the code itself is not known. */
const HASHED = '~';
/** Routes at which somebody presents an id from outside: there, a hash opens nothing. */
const PRESENTED = new Set(['token', 'revocation']);

/**
 * Keeps the OpenID provider's records in the realm. Codes, tokens and cookies' ids are stored as hashes, so
 * that a copy of the database lets nobody in.
 * @param onRevoked called with the account of a grant that the provider revokes
 */
export function oidcAdapter(
  db: Database,
  onRevoked: (accountId: string | undefined) => Promise<void>,
): AdapterFactory {
  return (kind) => {
    const adapter: Adapter = {
      async upsert(id, { jti: _, userCode, ...payload }, expiresIn = 3600) {
        await putOidc(db, kind, {
          id: stored(id),
          // A grant is found by its own id, as what belongs to it.
          grantId: kind === 'Grant' ? id : payload.grantId,
          uid: typeof payload.uid === 'string' ? payload.uid : undefined,
          userCode: userCode && hashId(userCode),
          payload,
          expiresIn: kind === 'Grant' ? Math.min(expiresIn, UNCLAIMED) : expiresIn,
        });
      },
      async find(id) {
        return restored(await findOidc(db, kind, { id: stored(id) }), { jti: id });
      },
      async findByUid(uid) {
        const found = await findOidc(db, kind, { uid });
        return restored(found, { jti: HASHED + (found?.id ?? '') });
      },
      async findByUserCode(userCode) {
        const found = await findOidc(db, kind, { userCode: hashId(userCode) });
        return restored(found, { jti: HASHED + (found?.id ?? ''), userCode });
      },
      async consume(id) {
        // Refresh tokens are judged by their lineage instead.
        if (kind === 'RefreshToken' || (await consumeOidc(db, kind, stored(id)))) return;
        throw new errors.InvalidGrant('already used');
      },
      async destroy(id) {
        // Goes with its browser, when that is ended, or by its time.
        if (kind === 'Grant') return;
        await deleteOidc(db, kind, stored(id));
      },
      async revokeByGrantId(grantId) {
        if (kind !== 'RefreshToken') return;
        const grant = await findOidc(db, 'Grant', { id: hashId(grantId) });
        await onRevoked(accountOf(grant));
      },
    };
    return adapter;
  };
}

/** Seconds that a grant is kept without any refresh token. */
const UNCLAIMED = 86_400;

function stored(id: string): string {
  const presented = PRESENTED.has(Provider.ctx?.oidc.route ?? '');
  return id.startsWith(HASHED) && !presented ? id.slice(HASHED.length) : hashId(id);
}

function restored(
  found: FoundOidc | undefined,
  secret: { jti: string; userCode?: string },
): AdapterPayload | undefined {
  if (!found) return undefined;
  return { ...found.payload, ...secret, ...(found.consumedAt && { consumed: true }) };
}

const accountOf = (grant: FoundOidc | undefined): string | undefined =>
  typeof grant?.payload.accountId === 'string' ? grant.payload.accountId : undefined;
