import { afterAll, beforeAll, expect, test } from 'vitest';
import { openKeys } from '../../server/accounts/keys.ts';
import { reseal } from '../../server/accounts/reseal.ts';
import { secretBox } from '../../server/accounts/secret-box.ts';
import { inWorkspace } from '../../server/store/database.ts';
import { REALM } from '../../server/store/realm.ts';
import { addSecret, readSecret } from '../../server/store/secret.ts';
import { createWorkspace } from '../../server/store/workspace.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

const OLD = Buffer.alloc(32, 1);
const NEW = Buffer.alloc(32, 2);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('after a start with the new key before the old one, the new one is enough and the old one is not', async () => {
  const { db } = database;
  const keys = await openKeys(db, secretBox([OLD]));
  const workspaceId = await createWorkspace(db, 'Team');
  await inWorkspace(db, workspaceId, (trx) =>
    addSecret(trx, workspaceId, 'vendor', secretBox([OLD]).seal('vendor', 'of the vendor')),
  );
  await expect(reseal(db, secretBox([NEW]), [workspaceId])).rejects.toThrow('was not given');
  expect(await openKeys(db, secretBox([OLD]))).toEqual(keys);

  const both = secretBox([NEW, OLD]);
  expect(await reseal(db, both, [workspaceId])).toBe(2);
  expect(await reseal(db, both, [workspaceId])).toBe(0);
  expect(await openKeys(db, secretBox([NEW]))).toEqual(keys);
  await expect(openKeys(db, secretBox([OLD]))).rejects.toThrow('was not given');
  const held = await inWorkspace(db, workspaceId, (trx) => readSecret(trx, workspaceId, 'vendor'));
  expect(held && secretBox([NEW]).open('vendor', held)).toBe('of the vendor');
  const told = await database.asOwner(
    `select workspace_id, detail from audit where action = 'secret.rotated' order by 1`,
  );
  expect(told).toEqual([
    { workspace_id: REALM, detail: { key: both.keyId, secrets: 1 } },
    { workspace_id: workspaceId, detail: { key: both.keyId, secrets: 1 } },
  ]);
});
