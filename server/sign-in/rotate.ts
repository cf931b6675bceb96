import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { Accounts } from '../accounts/accounts.ts';
import { endBrowser } from '../store/browser.ts';
import { type Database, inWorkspace } from '../store/database.ts';
import { hashId, retireRefreshTokens } from '../store/oidc.ts';
import { judgeRefresh } from '../store/refresh.ts';
import { readAccountId } from './account-id.ts';

/**
 * Decides whether a refresh token may be used, and always gives a new one for it.
 * @throws InvalidGrant when one that came from it has been used; after a short while that ends the browser's
 * pairing, since somebody has a copy
 */
export async function rotate(
  ctx: KoaContextWithOIDC,
  { db, accounts, clock }: { db: Database; accounts: Accounts; clock: () => Date },
): Promise<true> {
  const token = ctx.oidc.entities.RefreshToken;
  const account = readAccountId(token?.accountId);
  if (!token?.grantId || !account) throw new Error('[rotate] a refresh token without a browser');
  const { workspaceId, browserId } = account;
  const id = hashId(token.jti);
  const turn = token.rotations ?? 0;
  const judgement = await inWorkspace(db, workspaceId, async (trx) => {
    const judged = await judgeRefresh(trx, workspaceId, browserId, { id, turn, now: clock() });
    if (judged === 'reuse') await endBrowser(trx, workspaceId, browserId, { reason: 'reuse' });
    return judged;
  });
  if (judgement === 'first') await retireRefreshTokens(db, token.grantId, { turn, used: id });
  if (judgement === 'reuse') accounts.memberships.forget(workspaceId);
  if (judgement === 'late' || judgement === 'reuse') {
    throw new errors.InvalidGrant(judgement === 'late' ? 'a newer refresh token is in use' : 'reused');
  }
  return true;
}
