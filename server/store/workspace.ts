import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Member } from '../../utils/contract/member.ts';
import { type Database, inWorkspace, type Trx } from './database.ts';
import { openOwner } from './migrate.ts';
import { MATCH_RULES } from './tag.ts';
import { insertTagKey } from './tag-key.ts';

/** Makes an empty workspace with a fresh tag key. */
export async function createWorkspace(db: Database, name: string, id: string = uuid()): Promise<string> {
  await inWorkspace(db, id, (trx) => insertWorkspace(trx, id, name));
  return id;
}

/** The same in a transaction that goes on to fill it. */
export async function insertWorkspace(trx: Trx, id: string, name: string): Promise<void> {
  await trx.insertInto('workspace').values({ workspace_id: id, name }).execute();
  await insertTagKey(trx, id, MATCH_RULES);
}

/** The workspaces of a database, which only the owner of the tables may list. */
export async function listWorkspaces(url: string): Promise<{ id: string; name: string }[]> {
  const owner = openOwner(url);
  try {
    const { rows } = await sql<{ id: string; name: string }>`
      select workspace_id as id, name from workspace order by created_at, workspace_id`.execute(owner);
    return rows;
  } finally {
    await owner.destroy();
  }
}

/** Their address counts as confirmed. Call `commitChanges` with kind `member` after it. */
export async function createMember(
  trx: Trx,
  workspaceId: string,
  member: Omit<Member, 'left'>,
): Promise<void> {
  await trx
    .insertInto('member')
    .values({
      workspace_id: workspaceId,
      ...member,
      email: member.email ?? null,
      email_confirmed: member.email !== undefined,
      created_by: null,
    })
    .execute();
}
