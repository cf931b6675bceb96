import type { PoolClient, QueryArrayResult } from 'pg';
import { type Database, inWorkspace, setWorkspace } from './database.ts';
import { findErased } from './privacy/suppression.ts';

/** So many rows at most for one request, however many people share an address. */
const LIMIT = 400;

/**
 * Stored text, handed on unparsed; `$1` is the workspace. A row a hit: one long text takes PostgreSQL and its
 * client more than twice the time of many short ones. A look-up needs no key's number: of 48 bits, those of one
 * key are none of another's. Companies, by their domains, come without a contact.
 */
const PREPARE = `
  prepare truce_lookup (uuid, bigint[]) as
    (select c.contact_id, c.version, t.tag, c.body
      from tag t join card c on c.workspace_id = $1 and c.contact_id = t.contact_id
      where t.workspace_id = $1 and t.tag = any($2) limit ${LIMIT})
    union all
    (select null, null, t.tag, c.body
      from company_tag t join company c on c.workspace_id = $1 and c.id = t.company_id
      where t.workspace_id = $1 and t.tag = any($2) limit ${LIMIT});
  prepare truce_cards (uuid, uuid[]) as
    select contact_id, version, null, body from card where workspace_id = $1 and contact_id = any($2);
  prepare truce_companies (uuid, uuid[]) as
    select body from company where workspace_id = $1 and id = any($2)`;

type CardHit = [contactId: string, version: number, tag: number | null, body: string];
type CompanyHit = [contactId: null, version: null, tag: number, body: string];

/** Connections on which the statements are prepared. */
const prepared = new WeakSet<PoolClient>();

const INTEGER = /^\d{1,15}$/;
const UUID = /^[0-9a-f-]{36}$/i;

/**
 * Answers `POST /v1/lookup`: the contract's CardsAnswer as JSON text.
 * @param tags 48-bit integers
 */
export async function lookup(db: Database, workspaceId: string, tags: readonly number[]): Promise<string> {
  const rows = await read<CardHit | CompanyHit>(db, workspaceId, 'truce_lookup', tags.map(String), INTEGER);
  const companies = new Set(rows.filter(isCompany).map(([, , , body]) => body));
  return cardsAnswer(rows.filter(isCard), { companies: [...companies] });
}

const isCard = (hit: CardHit | CompanyHit): hit is CardHit => hit[0] !== null;
const isCompany = (hit: CardHit | CompanyHit): hit is CompanyHit => hit[0] === null;

/** Answers `POST /v1/cards`: the same by contact, and who of them was erased. */
export async function readCards(db: Database, workspaceId: string, ids: readonly string[]): Promise<string> {
  const rows = await read<CardHit>(db, workspaceId, 'truce_cards', ids, UUID);
  const there = new Set(rows.map(([id]) => id));
  const gone = ids.filter((id) => !there.has(id.toLowerCase()));
  if (gone.length === 0) return cardsAnswer(rows);
  const erased = await inWorkspace(db, workspaceId, (trx) => findErased(trx, workspaceId, gone));
  return cardsAnswer(rows, { erased });
}

/** Answers `POST /v1/companies`. */
export async function readCompanies(
  db: Database,
  workspaceId: string,
  ids: readonly string[],
): Promise<string> {
  const rows = await read<[body: string]>(db, workspaceId, 'truce_companies', ids, UUID);
  return `{"companies":[${rows.join(',')}]}`;
}

async function read<Row extends unknown[]>(
  db: Database,
  workspaceId: string,
  statement: 'truce_lookup' | 'truce_cards' | 'truce_companies',
  values: readonly string[],
  form: RegExp,
): Promise<Row[]> {
  const client = await db.pool.connect();
  let broken: Error | boolean = true;
  try {
    if (!prepared.has(client)) {
      await client.query(PREPARE);
      prepared.add(client);
    }
    const rows = await readOn<Row>(client, workspaceId, statement, values, form);
    broken = false;
    return rows;
  } finally {
    // A connection that failed half-way is closed rather than given to the next.
    client.release(broken);
  }
}

/**
 * One round trip: the text's statements are one transaction, so the workspace is set for the prepared
 * statement and gone after it. Such a text takes no parameters: the values are checked and written into it.
 */
async function readOn<Row extends unknown[]>(
  client: PoolClient,
  workspaceId: string,
  statement: string,
  values: readonly string[],
  form: RegExp,
): Promise<Row[]> {
  if (!values.every((value) => form.test(value))) throw new Error('[lookup] a value has not its form');
  const text = `${setWorkspace(workspaceId)}; execute ${statement} ('${workspaceId}', '{${values.join(',')}}')`;
  // pg's types know one result; a text of two statements has two.
  const results = (await client.query({ text, rowMode: 'array' })) as unknown as QueryArrayResult<Row>[];
  return results.at(-1)?.rows ?? [];
}

/** A contact found by several tags comes once, with all of them. */
function cardsAnswer(
  rows: CardHit[],
  { erased = [], companies = [] }: { erased?: string[]; companies?: string[] } = {},
): string {
  const found = new Map<string, { version: number; tags: number[]; body: string }>();
  for (const [id, version, tag, body] of rows) {
    const card = found.get(id) ?? { version, tags: [], body };
    if (tag !== null) card.tags.push(tag);
    found.set(id, card);
  }
  const cards = [...found].map(
    ([id, { version, tags, body }]) =>
      `{"id":"${id}","version":${version},"tags":[${tags.join(',')}],"card":${body}}`,
  );
  const also = erased.length > 0 ? `,"erased":${JSON.stringify(erased)}` : '';
  const known = companies.length > 0 ? `,"companies":[${companies.join(',')}]` : '';
  return `{"cards":[${cards.join(',')}]${also}${known}}`;
}
