import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { emailKeys } from '../../../utils/contract/alternate.ts';
import type { Source } from '../../../utils/contract/base.ts';
import { typedProfileKey } from '../../../utils/contract/profile-key.ts';
import type { Trx } from '../database.ts';
import { isRecordKind } from '../identity.ts';
import { matchKeys, readPeople, tagOfKey } from '../tag.ts';
import { readTagKey } from '../tag-key.ts';

/*
 * Of an erased person, keyed hashes of what they would come back by stay: match keys, and ids of their records
 * elsewhere. The key never leaves the server.
 */

export const recordKey = (source: Exclude<Source, 'truce'>, id: string): string => `record:${source}:${id}`;

/** A name is a suggestion and never a fact: it counts only where nothing surer is given. */
export const isSure = (key: string): boolean => !key.startsWith('name:');

const hashOf = (secret: Buffer, key: string): Buffer => createHmac('sha256', secret).update(key).digest();

async function readSecret(trx: Trx, workspaceId: string): Promise<Buffer> {
  const row = await trx
    .selectFrom('workspace')
    .select('suppression_key')
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  return row.suppression_key;
}

/** Those of the keys that belong to somebody who was erased. */
export async function findSuppressed(
  trx: Trx,
  workspaceId: string,
  keys: readonly string[],
): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const any = await trx
    .selectFrom('suppression')
    .select('contact_id')
    .where('workspace_id', '=', workspaceId)
    .limit(1)
    .executeTakeFirst();
  if (!any) return new Set();
  const secret = await readSecret(trx, workspaceId);
  const byHash = new Map(keys.map((key) => [hashOf(secret, key).toString('hex'), key]));
  const { rows } = await sql<{ hash: Buffer }>`
    select hash from suppression where workspace_id = ${workspaceId}::uuid
      and hash = any(${[...byHash.keys()].map((hex) => Buffer.from(hex, 'hex'))}::bytea[])`.execute(trx);
  const found = rows.map(({ hash }) => byHash.get(hash.toString('hex')));
  return new Set(found.filter((key) => key !== undefined));
}

/** Whether somebody with this id was erased: browsers that were away may still write about them. */
export async function findErased(trx: Trx, workspaceId: string, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select contact_id as id from erasure
    where workspace_id = ${workspaceId}::uuid and contact_id = any(${ids}::uuid[])`.execute(trx);
  return rows.map(({ id }) => id);
}

/**
 * Keeps these contacts from coming back; call it before their rows go, and after their `erasure` is written.
 * What somebody who stays has too (an address of a whole department) is left out.
 */
export async function suppress(trx: Trx, workspaceId: string, contactIds: readonly string[]): Promise<void> {
  const owners = new Map<string, string>();
  const tagKey = await readTagKey(trx, workspaceId);
  const tagged = new Map<number, string>();
  for (const person of await readPeople(trx, workspaceId, contactIds)) {
    for (const key of matchKeys(person)) {
      owners.set(key, person.id);
      tagged.set(tagOfKey(tagKey, key), key);
    }
  }
  const shared = await sql<{ tag: number }>`
    select tag from tag where workspace_id = ${workspaceId}::uuid
      and tag = any(${[...tagged.keys()]}::bigint[])
      and not contact_id = any(${contactIds}::uuid[])`.execute(trx);
  for (const { tag } of shared.rows) owners.delete(tagged.get(tag) ?? '');
  const records = await sql<{ kind: Exclude<Source, 'truce'>; value: string; contact_id: string }>`
    select kind, value, contact_id from identity i where workspace_id = ${workspaceId}::uuid
      and contact_id = any(${contactIds}::uuid[]) and ${isRecordKind}
      and not exists (select from identity o where o.workspace_id = ${workspaceId}::uuid
        and o.kind = i.kind and o.value = i.value and not o.contact_id = any(${contactIds}::uuid[]))`.execute(
    trx,
  );
  for (const { kind, value, contact_id } of records.rows) owners.set(recordKey(kind, value), contact_id);
  const secret = await readSecret(trx, workspaceId);
  const entries = [...owners].map(([key, id]): [Buffer, string] => [hashOf(secret, key), id]);
  await addHashes(trx, workspaceId, entries);
}

/** @param entries hash and the contact's id */
export async function addHashes(trx: Trx, workspaceId: string, entries: readonly [Buffer, string][]) {
  if (entries.length === 0) return;
  await sql`insert into suppression (workspace_id, hash, contact_id)
    select ${workspaceId}::uuid, hash, id
    from unnest(${entries.map(([hash]) => hash)}::bytea[], ${entries.map(([, id]) => id)}::uuid[]) e (hash, id)
    on conflict do nothing`.execute(trx);
}

/**
 * Lets the person with this address or profile be added again: all that kept them out goes.
 * @returns the id they were erased under; undefined when it kept nobody out
 */
export async function lift(trx: Trx, workspaceId: string, address: string): Promise<string | undefined> {
  const keys = [...emailKeys(address), typedProfileKey(address)].filter((key) => key !== undefined);
  if (keys.length === 0) return undefined;
  const secret = await readSecret(trx, workspaceId);
  const hashes = keys.map((key) => hashOf(secret, key));
  const { rows } = await sql<{ id: string }>`
    select contact_id as id from suppression where workspace_id = ${workspaceId}::uuid
      and hash = any(${hashes}::bytea[]) order by array_position(${hashes}::bytea[], hash)`.execute(trx);
  const id = rows[0]?.id;
  if (id !== undefined) await liftAll(trx, workspaceId, id);
  return id;
}

export async function liftAll(trx: Trx, workspaceId: string, contactId: string): Promise<void> {
  await trx
    .deleteFrom('suppression')
    .where('workspace_id', '=', workspaceId)
    .where('contact_id', '=', contactId)
    .execute();
}
