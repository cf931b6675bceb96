import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAccounts } from '../../server/accounts/accounts.ts';
import { KEYS_NAME, openKeys } from '../../server/accounts/keys.ts';
import { reseal } from '../../server/accounts/reseal.ts';
import { rotateKeys } from '../../server/accounts/rotate-keys.ts';
import { secretBox } from '../../server/accounts/secret-box.ts';
import { inWorkspace } from '../../server/store/database.ts';
import { REALM } from '../../server/store/realm.ts';
import { addSecret, readSecret } from '../../server/store/secret.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { connect, listen, makeInvite } from './sign-in-rig.ts';
import { createTeam } from './team.ts';

const [OLD, NEW] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const BEARER = {
  workspaceId: crypto.randomUUID(),
  memberId: crypto.randomUUID(),
  browserId: crypto.randomUUID(),
};

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** All of the database as text, bytes both in hex and as they read. */
async function dump(): Promise<string> {
  const tables = await database.asOwner<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  );
  const parts: string[] = [];
  for (const { name } of tables) {
    const rows = await database.asOwner<Record<string, unknown>>(`select * from ${name}`);
    for (const row of rows)
      for (const value of Object.values(row))
        parts.push(
          Buffer.isBuffer(value)
            ? `${value.toString('hex')} ${value.toString('latin1')} ${value.toString('base64url')}`
            : (JSON.stringify(value) ?? ''),
        );
  }
  return parts.join('\n');
}

test('a full dump holds nothing that lets anybody in', async () => {
  const team = await createTeam(database.db);
  const server = await listen(database.url);
  try {
    const open = await makeInvite(server, team.workspaceId, { name: 'Pia Pending' });
    const { token } = await makeInvite(server, team.workspaceId, { name: 'Gus Guest' });
    const { tokens, browser, back, extension } = await connect(server, token, {
      name: 'Gus Guest',
      email: 'g@a.example',
    });
    const device = await extension.deviceCode();
    const keys = await openKeys(database.db, secretBox([OLD]));
    const secrets = {
      invitation: open.token,
      'used invitation': token,
      'access token': tokens.access_token,
      'refresh token': tokens.refresh_token ?? '',
      'authorization code': new URL(back).searchParams.get('code') ?? '',
      'device code': device.device_code,
      'user code': device.user_code,
      'user code, bare': device.user_code.replaceAll('-', ''),
      'signing key': keys.jwks.keys[0]?.d ?? '',
      'cookie key': keys.cookies[0] ?? '',
      ...Object.fromEntries([...browser.jar].map(([name, { value }]) => [`cookie ${name}`, value])),
    };
    const text = await dump();
    expect(text).toContain('Pia Pending');
    for (const [what, secret] of Object.entries(secrets)) {
      expect(secret.length, what).toBeGreaterThan(6);
      // A link's secret has its workspace in front, which is no secret.
      expect(text.includes(secret.replace(/^truce_.{22}/, '')), what).toBe(false);
    }
  } finally {
    await server.stop();
  }
});

test('a new key takes over, and the old one opens nothing any more', async () => {
  const both = secretBox([NEW, OLD]);
  const before = await openKeys(database.db, both);
  expect(await reseal(database.db, both, [])).toBe(1);
  expect(await reseal(database.db, both, [])).toBe(0);
  expect(await openKeys(database.db, secretBox([NEW]))).toEqual(before);
  await expect(openKeys(database.db, secretBox([OLD]))).rejects.toThrow('TRUCE_SECRET_KEY');
  const audit = await database.asOwner(
    `select from audit where action = 'secret.rotated' and workspace_id = $1`,
    [REALM],
  );
  expect(audit).toHaveLength(1);
  await expect(listen(database.url, { secretKeys: [OLD] })).rejects.toThrow(/Add that key/);
});

test('a secret put in another’s place, or changed, does not open', async () => {
  const box = secretBox([NEW]);
  const held = await inWorkspace(database.db, REALM, (trx) => readSecret(trx, REALM, KEYS_NAME));
  if (!held) throw new Error('no keys');
  expect(() => box.open('another', held)).toThrow();
  for (const at of [0, 13, 29, held.body.length - 1]) {
    const body = Buffer.from(held.body);
    body[at] = (body[at] ?? 0) ^ 1;
    expect(() => box.open(KEYS_NAME, { ...held, body })).toThrow();
  }
  await inWorkspace(database.db, REALM, (trx) => addSecret(trx, REALM, KEYS_NAME, box.seal(KEYS_NAME, '{}')));
  expect(await openKeys(database.db, box)).toHaveProperty('cookies');
});

test('a new signing key signs, the one before is believed for a day, and who was signed in stays so', async () => {
  const box = secretBox([NEW]);
  const { db } = database;
  const before = await openAccounts(db, box, 'http://truce.test');
  const old = await before.tokens.sign(BEARER);
  const kid = await rotateKeys(db, box, new Date());
  const after = await openAccounts(db, box, 'http://truce.test');
  expect(after.keys.jwks.keys.map((key) => key.kid)).toEqual([kid, before.keys.jwks.keys[0]?.kid]);
  expect(await after.tokens.verify(old)).toEqual(BEARER);
  const fresh = await after.tokens.sign(BEARER);
  expect(JSON.parse(Buffer.from(fresh.split('.')[0] ?? '', 'base64url').toString())).toMatchObject({ kid });
  expect(await after.tokens.verify(fresh)).toEqual(BEARER);
  expect(await before.tokens.verify(fresh)).toBeUndefined();
  // Two days later the first of three is gone, also when nobody rotates again.
  const past = new Date(Date.now() - 2 * 86_400_000);
  const another = await createTestDatabase();
  try {
    await openAccounts(another.db, box, 'http://truce.test');
    const second = await rotateKeys(another.db, box, past);
    expect((await openKeys(another.db, box)).jwks.keys.map((key) => key.kid)).toEqual([second]);
    const third = await rotateKeys(another.db, box, new Date());
    expect((await openKeys(another.db, box)).jwks.keys.map((key) => key.kid)).toEqual([third, second]);
  } finally {
    await another.drop();
  }
});
