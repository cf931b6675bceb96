import { type Database, inWorkspace, type Trx } from './store/database.ts';
import { hashToken, newToken } from './store/token.ts';

/** Makes a token for one browser of a member. Just its hash is stored: it can't be shown again. */
export function createToken(db: Database, workspaceId: string, memberId: string): Promise<string> {
  return inWorkspace(db, workspaceId, (trx) => insertToken(trx, workspaceId, memberId));
}

/** The same in a transaction that does more. */
export async function insertToken(trx: Trx, workspaceId: string, memberId: string): Promise<string> {
  const token = newToken(workspaceId);
  await trx
    .insertInto('device')
    .values({ workspace_id: workspaceId, token_hash: hashToken(token), member_id: memberId })
    .execute();
  return token;
}

/** Takes back every token that a member was given. @returns how many there were */
export async function withdrawTokens(trx: Trx, workspaceId: string, memberId: string): Promise<number> {
  const { numDeletedRows } = await trx
    .deleteFrom('device')
    .where('workspace_id', '=', workspaceId)
    .where('member_id', '=', memberId)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** What the options take in one piece: the server's address with the token in its hash, which is never sent. */
export const connectLink = (server: string, token: string): string => `${server}#token=${token}`;
