import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type Database, inWorkspace, setWorkspace, type Trx } from './database.ts';
import { REALM } from './realm.ts';

/** Whoever reads the database must not be able to use what it keeps: ids that open something are stored as this. */
export const hashId = (id: string): string => createHash('sha256').update(id).digest('base64url');

export interface OidcRow {
  /** As stored: a hash. */
  id: string;
  grantId?: string | undefined;
  uid?: string | undefined;
  userCode?: string | undefined;
  payload: Record<string, unknown>;
  /** Seconds from now. */
  expiresIn: number;
}

/** Days for which a refresh token is known after one that came from it was used, so that its reuse is noticed. */
const KNOWN_DAYS = 14;

export async function putOidc(db: Database, kind: string, row: OidcRow): Promise<void> {
  const expires = new Date(Date.now() + row.expiresIn * 1000);
  await inWorkspace(db, REALM, async (trx) => {
    await trx
      .insertInto('oidc')
      .values({
        workspace_id: REALM,
        kind,
        id: row.id,
        grant_id: row.grantId ?? null,
        uid: row.uid ?? null,
        user_code: row.userCode ?? null,
        payload: JSON.stringify(row.payload),
        expires_at: expires,
      })
      .onConflict((conflict) =>
        conflict.columns(['workspace_id', 'kind', 'id']).doUpdateSet((eb) => ({
          payload: eb.ref('excluded.payload'),
          expires_at: eb.ref('excluded.expires_at'),
          grant_id: sql`coalesce(excluded.grant_id, oidc.grant_id)`,
          uid: sql`coalesce(excluded.uid, oidc.uid)`,
          user_code: sql`coalesce(excluded.user_code, oidc.user_code)`,
        })),
      )
      .execute();
    // A grant is kept for as long as its newest refresh token.
    if (kind !== 'RefreshToken' || row.grantId === undefined) return;
    await trx
      .updateTable('oidc')
      .set({ expires_at: expires })
      .where('workspace_id', '=', REALM)
      .where('kind', '=', 'Grant')
      .where('grant_id', '=', row.grantId)
      .execute();
  });
}

export type OidcKey = { id: string } | { uid: string } | { userCode: string };

export interface FoundOidc {
  id: string;
  payload: Record<string, unknown>;
  consumedAt: Date | null;
}

export async function findOidc(db: Database, kind: string, key: OidcKey): Promise<FoundOidc | undefined> {
  const row = await inWorkspace(db, REALM, (trx) =>
    trx
      .selectFrom('oidc')
      .select(['id', 'payload', 'consumed_at'])
      .where('workspace_id', '=', REALM)
      .where('kind', '=', kind)
      .where((eb) => {
        if ('id' in key) return eb('id', '=', key.id);
        return 'uid' in key ? eb('uid', '=', key.uid) : eb('user_code', '=', key.userCode);
      })
      .where('expires_at', '>', new Date())
      .executeTakeFirst(),
  );
  return row && { id: row.id, payload: row.payload, consumedAt: row.consumed_at };
}

/** @returns whether it was there and not consumed: of two at once, one is told so */
export async function consumeOidc(db: Database, kind: string, id: string): Promise<boolean> {
  const done = await inWorkspace(db, REALM, (trx) =>
    trx
      .updateTable('oidc')
      .set({ consumed_at: new Date() })
      .where('workspace_id', '=', REALM)
      .where('kind', '=', kind)
      .where('id', '=', id)
      .where('consumed_at', 'is', null)
      .executeTakeFirst(),
  );
  return done.numUpdatedRows > 0n;
}

/**
 * Once a refresh token is used, its siblings and those before it serve just to notice that somebody else has
 * them. @param turn of the one that is used, whose id is `used`
 */
export async function retireRefreshTokens(
  db: Database,
  grantId: string,
  { turn, used }: { turn: number; used: string },
): Promise<void> {
  const until = new Date(Date.now() + KNOWN_DAYS * 86_400_000);
  await inWorkspace(db, REALM, (trx) =>
    trx
      .updateTable('oidc')
      .set({ expires_at: until })
      .where('workspace_id', '=', REALM)
      .where('kind', '=', 'RefreshToken')
      .where('grant_id', '=', grantId)
      .where('id', '!=', used)
      .where('expires_at', '>', until)
      .where(sql<boolean>`(payload ->> 'rotations')::int <= ${turn}`)
      .execute(),
  );
}

export async function deleteOidc(db: Database, kind: string, id: string): Promise<void> {
  await inWorkspace(db, REALM, (trx) =>
    trx
      .deleteFrom('oidc')
      .where('workspace_id', '=', REALM)
      .where('kind', '=', kind)
      .where('id', '=', id)
      .execute(),
  );
}

/**
 * Deletes what the OpenID provider keeps of grants, in a workspace's transaction: for a moment it speaks for
 * the realm, then for its workspace again.
 */
export async function deleteGrants(
  trx: Trx,
  workspaceId: string,
  grantIds: readonly string[],
): Promise<void> {
  if (grantIds.length === 0) return;
  await sql.raw(setWorkspace(REALM)).execute(trx);
  await trx
    .deleteFrom('oidc')
    .where('workspace_id', '=', REALM)
    .where('grant_id', 'in', [...grantIds])
    .execute();
  await sql.raw(setWorkspace(workspaceId)).execute(trx);
}

/** Deletes what has expired, in small steps. @returns how many rows */
export async function sweepOidc(db: Database): Promise<number> {
  for (let total = 0; ; ) {
    const { numAffectedRows = 0n } = await inWorkspace(db, REALM, (trx) =>
      sql`delete from oidc where workspace_id = ${REALM}::uuid and (kind, id) in (
        select kind, id from oidc
        where workspace_id = ${REALM}::uuid and expires_at < now() limit 500)`.execute(trx),
    );
    total += Number(numAffectedRows);
    if (numAffectedRows < 500n) return total;
  }
}
