import { sql } from 'kysely';
import { normalName } from '../../utils/contract/match-key.ts';
import type { Trx } from './database.ts';

/** Words of a name in normal form, each once. */
export const wordsOf = (name: string): string[] =>
  [...new Set(normalName(name).split(' '))].filter((word) => word !== '');

/** Keeps the words that search finds contacts by: those of the name and of the company. */
export async function syncWords(
  trx: Trx,
  workspaceId: string,
  people: readonly { id: string; name: string; company: string | null }[],
): Promise<void> {
  const words: string[] = [];
  const owners: string[] = [];
  for (const person of people) {
    for (const word of wordsOf(`${person.name} ${person.company ?? ''}`)) {
      words.push(word);
      owners.push(person.id);
    }
  }
  await sql`
    with wanted as materialized (
      select word, contact_id from unnest(${words}::text[], ${owners}::uuid[]) w (word, contact_id)
    ), gone as (
      delete from word t where t.workspace_id = ${workspaceId}::uuid
        and t.contact_id = any(${people.map((person) => person.id)}::uuid[])
        and not exists (select from wanted w where w.word = t.word and w.contact_id = t.contact_id)
    )
    insert into word (workspace_id, word, contact_id)
    select ${workspaceId}::uuid, word, contact_id from wanted
    on conflict do nothing`.execute(trx);
}
