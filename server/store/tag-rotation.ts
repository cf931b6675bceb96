import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { type Actor, by, holdActor } from './actor.ts';
import { writeAudit } from './audit.ts';
import { commitChanges } from './change.ts';
import type { Trx } from './database.ts';
import { MATCH_RULES, syncDomainTags, writeTags } from './tag.ts';
import { holdTagWriters } from './tag-key.ts';

/** How long a key holds after another one took its place: browsers that are off come back to it. */
const GRACE_MS = 24 * 3_600_000;

/** How many contacts or companies one step takes. */
const BATCH = 500;

/** Tags are rows of a few bytes that nobody asks for any more. */
const DROP_BATCH = 5000;

/**
 * Makes a new key, whose tags `stepTags` then makes.
 * @returns its number, or that of the one which is being made ready already
 */
export async function beginRotation(trx: Trx, actor: Actor): Promise<number | 'role'> {
  const { workspaceId } = actor;
  if ((await holdActor(trx, actor))?.role !== 'admin') return 'role';
  await holdTagWriters(trx, workspaceId);
  const { rows } = await sql<{ last: number; coming: boolean }>`
    select max(key_no) as last, bool_or(since is null and not ended) as coming
    from tag_key where workspace_id = ${workspaceId}::uuid`.execute(trx);
  const { last = 0, coming = false } = rows[0] ?? {};
  if (coming) return last;
  const keyNo = last + 1;
  await trx
    .insertInto('tag_key')
    .values({ workspace_id: workspaceId, key_no: keyNo, key: randomBytes(32) })
    .execute();
  await writeAudit(trx, workspaceId, 'tag-key.changed', {
    ...by(actor),
    target: { kind: 'workspace', id: workspaceId },
    detail: { keyNo },
  });
  return keyNo;
}

interface Walk {
  key_no: number;
  since: Date | null;
  companies_to: string | null;
  contacts_to: string | null;
}

/**
 * One small step of what is due: making tags that a key lacks, taking a new key into use, ending an old one. Each
 * holds by itself, so whoever comes next goes on from there.
 * @returns whether there was something to do
 */
export async function stepTags(trx: Trx, workspaceId: string, now: Date): Promise<boolean> {
  const { rows } = await sql<Walk>`
    select key_no, since, companies_to, contacts_to from tag_key
    where workspace_id = ${workspaceId}::uuid and rules < ${MATCH_RULES} and not ended
    order by key_no limit 1`.execute(trx);
  const [walk] = rows;
  if (walk) return (await walkOn(trx, workspaceId, walk)) || (await finish(trx, workspaceId, walk, now));
  return (await drop(trx, workspaceId)) || (await end(trx, workspaceId, now));
}

/** Companies first, then contacts, by id. Those that come meanwhile are tagged by who adds them. */
async function walkOn(
  trx: Trx,
  workspaceId: string,
  { key_no, companies_to, contacts_to }: Walk,
): Promise<boolean> {
  const next = async (table: 'company' | 'contact', after: string | null) => {
    const { rows } = await sql<{ id: string }>`
      select id from ${sql.table(table)} where workspace_id = ${workspaceId}::uuid
        ${after === null ? sql`` : sql`and id > ${after}::uuid`} order by id limit ${sql.lit(BATCH)}`.execute(
      trx,
    );
    return rows.map(({ id }) => id);
  };
  const companies = contacts_to === null ? await next('company', companies_to) : [];
  const contacts = companies.length === 0 ? await next('contact', contacts_to) : [];
  const changes =
    companies.length > 0
      ? await syncDomainTags(trx, workspaceId, companies)
      : (await writeTags(trx, workspaceId, contacts)).changes;
  const [company, contact] = [companies.at(-1), contacts.at(-1)];
  if (company === undefined && contact === undefined) return false;
  await trx
    .updateTable('tag_key')
    .set({
      ...(company !== undefined && { companies_to: company }),
      ...(contact !== undefined && { contacts_to: contact }),
    })
    .where('workspace_id', '=', workspaceId)
    .where('key_no', '=', key_no)
    .execute();
  await commitChanges(trx, workspaceId, changes);
  return true;
}

/** All tags of the key are there. One that was being made ready takes the place of the present one. */
async function finish(trx: Trx, workspaceId: string, { key_no, since }: Walk, now: Date): Promise<boolean> {
  const done = { rules: MATCH_RULES, companies_to: null, contacts_to: null };
  const set = (values: Partial<typeof done & { since: Date }>) =>
    trx
      .updateTable('tag_key')
      .set(values)
      .where('workspace_id', '=', workspaceId)
      .where('key_no', '=', key_no);
  if (since !== null) {
    await set(done).execute();
    return true;
  }
  // Who is writing now does not log what nobody has; from here on somebody has it.
  await holdTagWriters(trx, workspaceId);
  const still = await set(done).where('since', 'is', null).executeTakeFirst();
  if (still.numUpdatedRows === 0n) return true;
  await trx
    .updateTable('tag_key')
    .set({ until: new Date(now.getTime() + GRACE_MS) })
    .where('workspace_id', '=', workspaceId)
    .where('since', 'is not', null)
    .where('until', 'is', null)
    .execute();
  await set({ since: now }).execute();
  const version = await commitChanges(trx, workspaceId, [{ kind: 'key', id: workspaceId }]);
  // The log says nothing of how the new set came about.
  await trx
    .updateTable('workspace')
    .set({ tag_floor: version })
    .where('workspace_id', '=', workspaceId)
    .execute();
  return true;
}

/** From here on nobody writes tags under it, and it is answered for no longer. */
async function end(trx: Trx, workspaceId: string, now: Date): Promise<boolean> {
  const old = trx
    .selectFrom('tag_key')
    .select('key_no')
    .where('workspace_id', '=', workspaceId)
    .where('ended', '=', false)
    .where('until', '<=', now);
  if (!(await old.executeTakeFirst())) return false;
  await holdTagWriters(trx, workspaceId);
  const { numUpdatedRows } = await trx
    .updateTable('tag_key')
    .set({ ended: true })
    .where('workspace_id', '=', workspaceId)
    .where('ended', '=', false)
    .where('until', '<=', now)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Takes the tags of a key that has ended, and then its log and itself. */
async function drop(trx: Trx, workspaceId: string): Promise<boolean> {
  const key = await trx
    .selectFrom('tag_key')
    .select('key_no')
    .where('workspace_id', '=', workspaceId)
    .where('ended', '=', true)
    .executeTakeFirst();
  if (!key) return false;
  for (const table of ['tag', 'company_tag', 'tag_log'] as const) {
    const of = sql`workspace_id = ${workspaceId}::uuid and key_no = ${key.key_no}`;
    const { numAffectedRows = 0n } =
      await sql`delete from ${sql.table(table)} where ${of} and ctid = any(array(
      select ctid from ${sql.table(table)} where ${of} limit ${sql.lit(DROP_BATCH)}))`.execute(trx);
    if (numAffectedRows > 0n) return true;
  }
  await trx
    .deleteFrom('tag_key')
    .where('workspace_id', '=', workspaceId)
    .where('key_no', '=', key.key_no)
    .execute();
  return true;
}
