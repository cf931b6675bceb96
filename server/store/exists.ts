import type { Trx } from './database.ts';

/** Whether this workspace has that record. */
export async function exists(
  trx: Trx,
  table: 'member' | 'company' | 'campaign',
  workspaceId: string,
  id: string,
): Promise<boolean> {
  const row = await trx
    .selectFrom(table)
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row !== undefined;
}
