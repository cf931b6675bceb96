import { exportJWK, generateKeyPair } from 'jose';
import { accessTokens } from '../../server/accounts/access-token.ts';
import type { Accounts } from '../../server/accounts/accounts.ts';
import { REALM } from '../../server/store/realm.ts';
import type { TestDatabase } from './database.ts';
import { makeActor, type makeWorld } from './sweep-world.ts';

type World = Awaited<ReturnType<typeof makeWorld>>;

/** Tokens that let nobody in, each by what is wrong with it. */
export async function badTokens(
  database: TestDatabase,
  { ours, theirs, things, actors }: World,
  accounts: Accounts,
): Promise<Map<string, string | undefined>> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), kid: accounts.keys.jwks.keys[0]?.kid ?? '', alg: 'ES256' };
  const alien = accessTokens({ jwks: { keys: [jwk] }, cookies: [] }, accounts.url);
  const elsewhere = accessTokens(accounts.keys, 'http://else.test');
  const [left, ended] = [
    await makeActor(database.db, ours, 'admin'),
    await makeActor(database.db, ours, 'admin'),
  ];
  await database.asOwner('update member set left_at = now() where id = $1', [left.memberId]);
  await database.asOwner('update browser set ended_at = now() where id = $1', [ended.browserId]);
  const admin = actors.get('admin');
  const mine = { workspaceId: ours, memberId: admin?.memberId ?? '', browserId: admin?.browserId ?? '' };
  const sign = (change: Partial<typeof mine>) => accounts.tokens.sign({ ...mine, ...change });
  return new Map([
    ['no token', undefined],
    ['an expired token', await accounts.tokens.sign(mine, -1)],
    ['a token by another key', await alien.sign(mine)],
    ['a token of another server', await elsewhere.sign(mine)],
    ['a removed member', left.token],
    ['an ended browser', ended.token],
    ['their workspace', await sign({ workspaceId: theirs })],
    ['the realm', await sign({ workspaceId: REALM })],
    ['their member in our workspace', await sign({ memberId: things.member })],
    ['their browser in our workspace', await sign({ browserId: things.browser })],
  ]);
}
