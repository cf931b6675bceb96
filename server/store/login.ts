import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { type Database, type Login, openDatabase } from './database.ts';
import { openOwner } from './migrate.ts';
import { APP_ROLE } from './migrations/protect.ts';

/*
 * Requests run as a role that owns nothing. A connection of the owner's could always go back to the owner's
 * rights (`set role none`), so the pool has a user of its own, which may become that role and nothing else.
 */

/** What the login is made of: its name tells the key and the database, its password needs the key. */
export interface LoginKeys {
  keyId: string;
  keyIds: readonly string[];
  derive(purpose: string): string;
}

/** Roles are shared by all databases of a cluster: another one's start may come between. */
const ATTEMPTS = 3;

const WHY_NOT =
  'Requests connect as the owner of the tables, whose rights an error in a query could reach: no user of their ' +
  `own could be made. Let the user in DATABASE_URL create roles and grant it ${APP_ROLE} with admin option, and ` +
  'let users truce_login_… connect (docs/server.md).';

/**
 * Opens the pool for requests under a user of its own, made when need be; under the owner, with a warning, where
 * the database does not allow it.
 * @throws with a sentence for people when requests would not be held to the app's role
 */
export async function openAsApp(
  url: string,
  keys: LoginKeys,
  warn: (words: string) => void,
): Promise<Database> {
  const user = prefixOf(url) + keys.keyId;
  const login = { user, password: keys.derive(`database login ${user}`) };
  let own = await ifLetIn(() => openChecked(url, login));
  for (let attempt = 0; !own && attempt < ATTEMPTS; attempt += 1) {
    own = await ifLetIn(async () => {
      await makeLogin(url, login);
      return openChecked(url, login);
    });
  }
  if (own) return own;
  warn(WHY_NOT);
  return openChecked(url);
}

/** Those of keys that are no longer given. Call it when the keys have been found to be right. */
export async function dropOldLogins(url: string, keys: LoginKeys): Promise<void> {
  const prefix = prefixOf(url);
  await asOwner(url, async (owner) => {
    const { rows } = await sql<{ name: string }>`
      select rolname as name from pg_roles where starts_with(rolname, ${prefix})`.execute(owner);
    for (const { name } of rows.filter((row) => !keys.keyIds.includes(row.name.slice(prefix.length)))) {
      await ifLetIn(() => sql`drop role if exists ${sql.id(name)}`.execute(owner));
    }
  });
}

/** Roles are the whole cluster's; several databases in it may be Truce's, with the same key or others. */
function prefixOf(url: string): string {
  const database = new URL(url).pathname.slice(1);
  return `truce_login_${createHash('sha256').update(database).digest('hex').slice(0, 8)}_`;
}

async function openChecked(url: string, login?: Login): Promise<Database> {
  const db = openDatabase(url, undefined, login);
  try {
    const { rows } = await db.pool.query<{ held: boolean; alone: boolean }>(`
      select current_user = '${APP_ROLE}' and not rolsuper and not rolbypassrls as held,
        (select not s.rolsuper and not s.rolbypassrls and not s.rolcreaterole and not exists (
          select from pg_auth_members m where m.member = s.oid and m.roleid <> r.oid)
          from pg_roles s where s.rolname = session_user) as alone
      from pg_roles r where rolname = current_user`);
    if (!rows[0]?.held)
      throw new Error(
        `Requests would not be held to the rights of ${APP_ROLE}: workspaces would not be kept apart. Take ` +
          '"options" out of DATABASE_URL, have a pooler pass options on, and take superuser and bypassrls from that role.',
      );
    if (login && !rows[0].alone)
      throw new Error(
        `The database role ${login.user} has rights it must not have. Drop it and start again.`,
      );
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}

async function makeLogin(url: string, { user, password }: Login): Promise<void> {
  await asOwner(url, (owner) =>
    owner.transaction().execute(async (trx) => {
      // Servers that start together take turns.
      await sql`select pg_advisory_xact_lock(hashtextextended('truce login', 0))`.execute(trx);
      const { rows } = await sql`select from pg_roles where rolname = ${user}`.execute(trx);
      if (rows.length === 0) await sql`create role ${sql.id(user)}`.execute(trx);
      await sql`alter role ${sql.id(user)} login password ${sql.lit(verifier(password))}`.execute(trx);
      await sql`grant ${sql.id(APP_ROLE)} to ${sql.id(user)}`.execute(trx);
    }),
  );
}

async function asOwner<T>(url: string, fn: (owner: Kysely<unknown>) => Promise<T>): Promise<T> {
  const owner = openOwner(url);
  try {
    return await fn(owner);
  } finally {
    await owner.destroy();
  }
}

/**
 * A password as PostgreSQL keeps it (RFC 5803), so that the statement that sets it, which may be logged, does not
 * tell it.
 */
function verifier(password: string): string {
  const [salt, turns] = [randomBytes(16), 4096];
  const salted = pbkdf2Sync(password, salt, turns, 32, 'sha256');
  const keyed = (name: string) => createHmac('sha256', salted).update(name).digest();
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${turns}:${salt.toString('base64')}$${stored}:${keyed('Server Key').toString('base64')}`;
}

/**
 * Not let in (28…, and 08P01 of poolers), not allowed (42501), not a member of the role yet (22023); or another
 * server made, changed or dropped the same role at this moment (42710, 23505, XX000, 42704, 2BP01).
 */
const REFUSED = /^(28...|08P01|42501|22023|42710|23505|XX000|42704|2BP01)$/;

/** Undefined when the database refuses it. */
async function ifLetIn<T>(fn: () => Promise<T>): Promise<T | undefined> {
  try {
    return await fn();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (REFUSED.test(code) || (error instanceof Error && /^SASL/.test(error.message))) return undefined;
    throw error;
  }
}
