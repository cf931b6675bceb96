import { sql } from 'kysely';
import type { ContactExport } from '../../../utils/contract/privacy.ts';
import type { Trx } from '../database.ts';
import type { Schema } from '../schema.ts';
import { RULES, type Rule } from './rules.ts';

type Row = Record<string, unknown>;

/** Columns that hold an id, and the table and column with the name to go with it. */
const NAMED: Record<string, ['member' | 'definition' | 'company' | 'campaign', string]> = {
  member_id: ['member', 'name'],
  created_by: ['member', 'name'],
  owner_id: ['member', 'name'],
  assignee_id: ['member', 'name'],
  stage_id: ['definition', 'label'],
  lead_type_id: ['definition', 'label'],
  sale_type_id: ['definition', 'label'],
  from_id: ['definition', 'label'],
  to_id: ['definition', 'label'],
  company_id: ['company', 'name'],
  campaign_id: ['campaign', 'name'],
};

/**
 * Everything that is held of one person, whatever table it is in, with names beside ids. Run it in a
 * repeatable-read transaction, so that all of it is of one moment.
 * @returns undefined when the contact is not there
 */
export async function exportContact(
  trx: Trx,
  workspaceId: string,
  contactId: string,
  now: Date,
): Promise<ContactExport | undefined> {
  const [contact] = await read(trx, 'contact', workspaceId, RULES.contact, contactId);
  if (!contact) return undefined;
  const held: Record<string, Row[]> = {};
  const derived: ContactExport['derived'] = {};
  for (const [table, rule] of Object.entries(RULES) as [keyof Schema, Rule][]) {
    if (rule.export === 'derived') {
      const count = await countOf(trx, table, workspaceId, rule, contactId);
      derived[table] = { count, what: rule.what };
    }
    if (rule.export === 'rows' && rule.as !== undefined)
      held[rule.as] = await read(trx, table, workspaceId, rule, contactId);
  }
  const names = await readNames(trx, workspaceId, [contact, ...Object.values(held).flat()]);
  const { name } = await trx
    .selectFrom('workspace')
    .select('name')
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  return {
    format: 'truce-contact-1',
    exportedAt: now.toISOString(),
    workspace: name,
    contact: readable(contact, names),
    held: Object.fromEntries(
      Object.entries(held).map(([as, rows]) => [as, rows.map((row) => readable(row, names))]),
    ),
    derived,
  };
}

const whose = (workspaceId: string, { column = 'contact_id' }: Rule, contactId: string) =>
  sql`workspace_id = ${workspaceId}::uuid
    and ${sql.ref(column)} = ${contactId}::${sql.raw(column === 'target_id' ? 'text' : 'uuid')}`;

async function read(
  trx: Trx,
  table: keyof Schema,
  workspaceId: string,
  rule: Rule,
  contactId: string,
): Promise<Row[]> {
  const { rows } = await sql<{ row: Row }>`select to_jsonb(t) - 'workspace_id' as row
    from ${sql.table(table)} t where ${whose(workspaceId, rule, contactId)}`.execute(trx);
  return rows.map(({ row }) => row);
}

async function countOf(
  trx: Trx,
  table: keyof Schema,
  workspaceId: string,
  rule: Rule,
  contactId: string,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count
    from ${sql.table(table)} where ${whose(workspaceId, rule, contactId)}`.execute(trx);
  return rows[0]?.count ?? 0;
}

/** Names by id, of all that these rows refer to. */
async function readNames(trx: Trx, workspaceId: string, rows: Row[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const kind of new Set(Object.values(NAMED).map(([table]) => table))) {
    const columns = Object.entries(NAMED).filter(([, [table]]) => table === kind);
    const ids = rows.flatMap((row) => columns.map(([column]) => row[column]));
    const wanted = [...new Set(ids.filter((id): id is string => typeof id === 'string'))];
    const label = columns[0]?.[1][1] ?? 'name';
    const found = await sql<{ id: string; name: string }>`
      select id, ${sql.ref(label)} as name from ${sql.table(kind)}
      where workspace_id = ${workspaceId}::uuid and id = any(${wanted}::uuid[])`.execute(trx);
    for (const { id, name } of found.rows) names.set(id, name);
  }
  return names;
}

/** `owner_id` becomes `ownerId`, with `owner` beside it; what is empty is left out. */
function readable(row: Row, names: Map<string, string>): Row {
  const out: Row = {};
  for (const [column, value] of Object.entries(row)) {
    if (value === null) continue;
    out[camel(column)] = value;
    const name = NAMED[column] && names.get(String(value));
    if (name !== undefined) out[camel(`${column.replace(/_id$/, '')}_name`)] = name;
  }
  return out;
}

const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
