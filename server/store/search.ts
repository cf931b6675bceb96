import { sql } from 'kysely';
import { normalName } from '../../utils/contract/match-key.ts';
import type { Hit } from '../../utils/contract/routes.ts';
import type { Trx } from './database.ts';
import { hitColumns, toHit } from './hit.ts';
import { wordsOf } from './word.ts';

/** Rarely typed more; the rest of a long query would only cost. */
const WORDS_MAX = 6;
/** The names of so many candidates are read and ordered. */
const CANDIDATES = 500;

/**
 * Contacts with every word of the query at the start of a word of their name or company's name, whatever
 * the case and accents. Names that start like the query come first.
 */
export async function searchContacts(
  trx: Trx,
  workspaceId: string,
  query: string,
  limit: number,
): Promise<Hit[]> {
  // The longest word has the fewest candidates: the others are only checked on those.
  const [first, ...rest] = wordsOf(query)
    .sort((a, b) => b.length - a.length)
    .slice(0, WORDS_MAX);
  if (first === undefined) return [];
  const starts = (word: string) => sql`w.workspace_id = ${workspaceId}::uuid
    and w.word >= ${word} and w.word < ${`${word}\u{10FFFF}`}`;
  const checks = rest.map(
    (word) => sql`and exists (select from word w where w.contact_id = f.contact_id and ${starts(word)})`,
  );
  const { rows } = await sql<Parameters<typeof toHit>[0]>`
    with found as materialized (
      select distinct f.contact_id from (select contact_id from word w where ${starts(first)}) f
      where true ${sql.join(checks, sql` `)} limit ${sql.lit(CANDIDATES)}
    )
    select ${hitColumns(workspaceId)}
    from found f
    join contact c on c.workspace_id = ${workspaceId}::uuid and c.id = f.contact_id
    left join company o on o.workspace_id = ${workspaceId}::uuid and o.id = c.company_id
    order by not starts_with(c.normal, ${normalName(query)}), c.normal, c.id
    limit ${limit}`.execute(trx);
  return rows.map(toHit);
}
