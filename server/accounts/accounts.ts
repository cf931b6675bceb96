import { addBrowser } from '../store/browser.ts';
import { type Database, inWorkspace } from '../store/database.ts';
import { type AccessTokens, accessTokens } from './access-token.ts';
import { type Keys, openKeys } from './keys.ts';
import { type Memberships, memberships } from './membership.ts';
import type { SecretBox } from './secret-box.ts';

/** Who may come in, as the routes need it. */
export interface Accounts {
  /** Where browsers reach the server, without a slash at the end. */
  url: string;
  keys: Keys;
  tokens: AccessTokens;
  memberships: Memberships;
}

export async function openAccounts(db: Database, box: SecretBox, url: string): Promise<Accounts> {
  const keys = await openKeys(db, box);
  return { url, keys, tokens: accessTokens(keys, url), memberships: memberships(db) };
}

/** Pairs a browser without its person, for tests and benches. @returns an access token */
export async function pairDirectly(
  db: Database,
  accounts: Pick<Accounts, 'tokens'>,
  workspaceId: string,
  memberId: string,
): Promise<string> {
  const browserId = await inWorkspace(db, workspaceId, (trx) =>
    addBrowser(trx, workspaceId, { memberId, grantId: crypto.randomUUID(), name: 'Test browser' }),
  );
  return accounts.tokens.sign({ workspaceId, memberId, browserId });
}
