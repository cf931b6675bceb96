import type { Trx } from './database.ts';

export interface RefreshUse {
  /** Hash of the token. */
  id: string;
  /** How many refreshes it comes after: 0 for the first. */
  turn: number;
  now: Date;
}

/** `first`: and what came before is worth nothing now. `again`: its answer was lost, or two asked at once. */
export type RefreshJudgement = 'first' | 'again' | 'late' | 'reuse';

/** ms after a token's first use within which those that it replaces are refused, but prove no theft. */
const LATE_MS = 10_000;

/**
 * Judges the use of a refresh token by its lineage: it can be used again and again until one that came from it
 * is used itself. From then on it and the unused ones beside that one are `reuse`. Of all tokens of a turn, the
 * first that is used is the only one that has descendants; so the last one used says all there is to know.
 */
export async function judgeRefresh(
  trx: Trx,
  workspaceId: string,
  browserId: string,
  { id, turn, now }: RefreshUse,
): Promise<RefreshJudgement> {
  const row = await trx
    .selectFrom('browser')
    .select(['refresh_id', 'refresh_turn', 'refresh_at'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', browserId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return 'reuse';
  if (row.refresh_id === id) return 'again';
  if (turn === (row.refresh_turn ?? -1) + 1) {
    await trx
      .updateTable('browser')
      .set({ refresh_id: id, refresh_turn: turn, refresh_at: now })
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', browserId)
      .execute();
    return 'first';
  }
  const since = now.getTime() - (row.refresh_at?.getTime() ?? 0);
  return since < LATE_MS ? 'late' : 'reuse';
}
