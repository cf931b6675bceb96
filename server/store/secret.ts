import type { Trx } from './database.ts';

export interface StoredSecret {
  keyId: string;
  body: Buffer;
}

export async function readSecret(
  trx: Trx,
  workspaceId: string,
  name: string,
): Promise<StoredSecret | undefined> {
  const row = await trx
    .selectFrom('secret')
    .select(['key_id', 'body'])
    .where('workspace_id', '=', workspaceId)
    .where('name', '=', name)
    .executeTakeFirst();
  return row && { keyId: row.key_id, body: row.body };
}

/** Keeps a secret unless there is one of this name: of two servers that start at once, the first one's stands. */
export async function addSecret(
  trx: Trx,
  workspaceId: string,
  name: string,
  { keyId, body }: StoredSecret,
): Promise<void> {
  await trx
    .insertInto('secret')
    .values({ workspace_id: workspaceId, name, key_id: keyId, body })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Puts another in the place of a secret that is there. */
export async function replaceSecret(
  trx: Trx,
  workspaceId: string,
  name: string,
  { keyId, body }: StoredSecret,
): Promise<void> {
  await trx
    .updateTable('secret')
    .set({ key_id: keyId, body })
    .where('workspace_id', '=', workspaceId)
    .where('name', '=', name)
    .execute();
}
