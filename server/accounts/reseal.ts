import { writeAudit } from '../store/audit.ts';
import { type Database, inWorkspace, type Trx } from '../store/database.ts';
import { REALM } from '../store/realm.ts';
import type { SecretBox } from './secret-box.ts';

/**
 * Encrypts again, under the first key, what an earlier one encrypted: after a start with `new,old` the old key
 * is needed for backups of before only.
 * @param workspaces all there are
 * @returns how many secrets
 * @throws with a sentence for people when a key is missing; what was under it stays as it was
 */
export async function reseal(db: Database, box: SecretBox, workspaces: readonly string[]): Promise<number> {
  let all = 0;
  for (const workspaceId of [REALM, ...workspaces]) {
    all += await inWorkspace(db, workspaceId, async (trx) => {
      const secrets = await resealOne(trx, box, workspaceId);
      if (secrets > 0)
        await writeAudit(trx, workspaceId, 'secret.rotated', { detail: { key: box.keyId, secrets } });
      return secrets;
    });
  }
  return all;
}

async function resealOne(trx: Trx, box: SecretBox, workspaceId: string): Promise<number> {
  const rows = await trx
    .selectFrom('secret')
    .select(['name', 'key_id as keyId', 'body'])
    .where('workspace_id', '=', workspaceId)
    .where('key_id', '<>', box.keyId)
    .forUpdate()
    .execute();
  for (const row of rows) {
    const { keyId, body } = box.seal(row.name, box.open(row.name, row));
    await trx
      .updateTable('secret')
      .set({ key_id: keyId, body })
      .where('workspace_id', '=', workspaceId)
      .where('name', '=', row.name)
      .execute();
  }
  return rows.length;
}
