import { sql } from 'kysely';
import type { Trx } from './database.ts';

/*
 * What `GET /v1/tags` answers: a workspace's tags under one key, of contacts and of companies' domains alike.
 */

export interface WholeSet {
  version: number;
  count: number;
}

export interface Delta {
  version: number;
  added: number;
  /** Those that are in the set now, then those that are not, each ascending. */
  bytes: Buffer;
}

/** The key to read with: this one, or the present one; undefined when the server does not keep it. */
export async function findTagKey(
  trx: Trx,
  workspaceId: string,
  keyNo: number | undefined,
): Promise<number | undefined> {
  const row = await trx
    .selectFrom('tag_key')
    .select('key_no')
    .where('workspace_id', '=', workspaceId)
    .where('since', 'is not', null)
    .where('ended', '=', false)
    .$call((query) =>
      keyNo === undefined ? query.where('until', 'is', null) : query.where('key_no', '=', keyNo),
    )
    .executeTakeFirst();
  return row?.key_no;
}

/** @returns how large the set is, and as of which version. Run it in a repeatable-read transaction */
export async function measureSet(trx: Trx, workspaceId: string, keyNo: number): Promise<WholeSet> {
  const { version } = await readState(trx, workspaceId);
  const own = sql`workspace_id = ${workspaceId}::uuid and key_no = ${keyNo}`;
  const { rows } = await sql<{ count: number }>`
    select (select count(*) from (select distinct tag from tag where ${own}) t)
      + (select count(*) from (select distinct tag from company_tag c where ${own} and not exists (
        select from tag where ${own} and tag = c.tag)) d) as count`.execute(trx);
  return { version, count: rows[0]?.count ?? 0 };
}

/** How many tags a page of the whole set holds. */
const PAGE = 100_000;

export interface Page {
  bytes: Buffer;
  /** The last tag, after which to go on; undefined when there is no more. */
  last: number | undefined;
}

/** A part of the whole set: 6 bytes a tag, big-endian, ascending, each once, all above `after`. */
export async function readSetPage(
  trx: Trx,
  workspaceId: string,
  keyNo: number,
  after: number,
): Promise<Page> {
  const { rows } = await sql<{ tags: Buffer | null; last: number | null; count: number }>`
    select string_agg(substr(int8send(tag), 3), ''::bytea order by tag) as tags, max(tag) as last, count(*) as count
    from (select tag from (
        (${first('tag', workspaceId, keyNo, after)}) union all (${first('company_tag', workspaceId, keyNo, after)})
      ) both_kinds group by tag order by tag limit ${sql.lit(PAGE)}) page`.execute(trx);
  const { tags, last, count } = rows[0] ?? {};
  return { bytes: tags ?? Buffer.alloc(0), last: count === PAGE ? (last ?? undefined) : undefined };
}

const first = (table: 'tag' | 'company_tag', workspaceId: string, keyNo: number, after: number) => sql`
  select distinct tag from ${sql.table(table)}
  where workspace_id = ${workspaceId}::uuid and key_no = ${keyNo} and tag > ${after}::bigint
  order by tag limit ${sql.lit(PAGE)}`;

/** A delta of more than this part of the set is no use. */
const PART = 4;

/**
 * What was touched after `since`. Run it in a repeatable-read transaction.
 * @returns undefined when the whole set has to be read instead
 */
export async function readDelta(
  trx: Trx,
  workspaceId: string,
  keyNo: number,
  since: number,
): Promise<Delta | undefined> {
  const { version, floor } = await readState(trx, workspaceId);
  if (since < floor || since > version) return undefined;
  const { rows } = await sql<{ touched: number; fits: boolean }>`
    with touched as (select count(*) as n from (${touchedTags(workspaceId, keyNo, since)}) t)
    select n as touched, n * ${sql.lit(PART)} <= (
      select count(*) from (select tag from tag where workspace_id = ${workspaceId}::uuid and key_no = ${keyNo}
        limit (select n * ${sql.lit(PART)} from touched)) enough) as fits
    from touched`.execute(trx);
  const [size] = rows;
  if (!size || size.touched === 0) return { version, added: 0, bytes: Buffer.alloc(0) };
  if (!size.fits) return undefined;
  const there = sql`exists (select from tag where workspace_id = ${workspaceId}::uuid
      and key_no = ${keyNo} and tag = touched.tag)
    or exists (select from company_tag where workspace_id = ${workspaceId}::uuid
      and key_no = ${keyNo} and tag = touched.tag)`;
  const { rows: found } = await sql<{ added: number; bytes: Buffer }>`
    select count(*) filter (where there) as added,
      string_agg(substr(int8send(tag), 3), ''::bytea order by not there, tag) as bytes
    from (select tag, ${there} as there from (${touchedTags(workspaceId, keyNo, since)}) touched) t`.execute(
    trx,
  );
  return { version, added: found[0]?.added ?? 0, bytes: found[0]?.bytes ?? Buffer.alloc(0) };
}

const touchedTags = (workspaceId: string, keyNo: number, since: number) => sql`
  select distinct unnest(tags) as tag from tag_log
  where workspace_id = ${workspaceId}::uuid and key_no = ${keyNo} and version > ${since}::bigint`;

async function readState(trx: Trx, workspaceId: string): Promise<{ version: number; floor: number }> {
  const row = await trx
    .selectFrom('workspace')
    .select(['version', 'tag_floor'])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  return { version: row.version, floor: row.tag_floor };
}
