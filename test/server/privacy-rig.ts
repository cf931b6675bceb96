import { v7 as uuid } from 'uuid';
import * as v from 'valibot';
import { ContactExport, EraseAnswer } from '../../utils/contract/privacy.ts';
import type { TestDatabase } from './database.ts';
import type { Team } from './team.ts';

/** Words by which the person would be found wherever something of them is left. */
export const TRACES = ['Xanthippe', 'Quixley', 'xanthippe', 'quixley', 'Zweistein', 'zweistein', '555-0199'];

/** Every table of the database with the columns it has. */
export const tables = (database: TestDatabase) =>
  database.asOwner<{ name: string; columns: string[] }>(`
    select c.relname::text as name, array_agg(a.attname::text) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and c.relname not like 'kysely%'
    group by 1`);

/** What the tests of export and erasing do with one team. */
export function privacyRig(database: TestDatabase, team: Team) {
  const become = async (role: string) => {
    await database.asOwner('update member set role = $1 where id = $2', [role, team.memberId]);
    team.forget();
  };

  /** Somebody with at least one row in every table that holds something of people. */
  async function fullPerson(): Promise<string> {
    const id = await team.add('Xanthippe Quixley', {
      email: 'xanthippe@acme.example',
      linkedin: 'https://www.linkedin.com/in/xanthippe-q',
      companyName: 'Acme',
      title: 'Chief Zweistein',
    });
    const about = { contactId: id };
    await team.command({
      kind: 'note.pin',
      payload: { ...about, noteId: uuid(), text: 'Xanthippe wants it', site: 'mail.example' },
    });
    await team.command({
      kind: 'task.add',
      payload: { ...about, taskId: uuid(), text: 'Call Quixley', dueOn: '2026-12-01' },
    });
    await team.command({
      kind: 'touch.log',
      payload: {
        ...about,
        touchId: uuid(),
        kind: 'call',
        direction: 'out',
        at: '2026-11-01T10:00:00Z',
        subject: 'Zweistein',
      },
    });
    // “Taken” names them in the answer that is kept.
    await team.command({
      kind: 'contact.add',
      payload: { contactId: uuid(), name: 'X', email: 'xanthippe@acme.example' },
    });
    const edit = { ...about, stageId: team.stageIds[0], reason: 'Xanthippe asked for it' };
    await team.command({ kind: 'contact.edit', baseRevision: 1, payload: edit });
    const { workspaceId } = team;
    const campaign = uuid();
    await database.asOwner(
      `insert into campaign (workspace_id, id, name, channel) values ($1, $2, 'Autumn', 'email')`,
      [workspaceId, campaign],
    );
    await database.asOwner(
      `insert into campaign_member (workspace_id, contact_id, campaign_id, state, at) values ($1, $2, $3, 'sent', now())`,
      [workspaceId, id, campaign],
    );
    const told = [workspaceId, id, team.memberId, 'Xanthippe knows why'];
    await database.asOwner(
      `insert into handover (workspace_id, id, contact_id, to_id, words, at, offered_at, due_at, agreement_revision, created_by)
        values ($1, gen_random_uuid(), $2, $3, $4, now(), now(), now(), 1, $3)`,
      told,
    );
    await database.asOwner(
      `insert into hold (workspace_id, id, contact_id, campaign_id, words, at, created_by) values ($1, gen_random_uuid(), $2, $5, $4, now(), $3)`,
      [...told, campaign],
    );
    await database.asOwner(
      `insert into go_ahead (workspace_id, id, contact_id, rule, why, at, created_by) values ($1, gen_random_uuid(), $2, 'owned', $4, now(), $3)`,
      told,
    );
    await database.asOwner(
      `insert into ticket (workspace_id, id, contact_id, subject, at, created_by) values ($1, gen_random_uuid(), $2, $4, now(), $3)`,
      told,
    );
    await database.asOwner(
      `insert into deal (workspace_id, id, contact_id, name, at, created_by) values ($1, gen_random_uuid(), $2, $4, now(), $3)`,
      told,
    );
    await database.asOwner(
      `insert into identity (workspace_id, kind, value, contact_id) values ($1, 'phone', '555-0199', $2), ($1, 'hubspot', 'zweistein-901', $2)`,
      [workspaceId, id],
    );
    return id;
  }

  const exported = async (contactId: string) => {
    const answer = await team.request('/v1/export', { body: { contactId } });
    return answer.status === 200 ? v.parse(ContactExport, await answer.json()) : answer.status;
  };

  const erase = async (contactId: string) =>
    v.parse(EraseAnswer, await (await team.request('/v1/erase', { body: { contactId } })).json()).erased;

  /** Rows of any table in which one of the words stands, bytes included. */
  async function rowsWith(words: string[]): Promise<string[]> {
    const found: string[] = [];
    for (const { name } of await tables(database)) {
      const rows = await database.asOwner<{ row: string }>(
        `select t::text as row from "${name}" t where workspace_id = $1`,
        [team.workspaceId],
      );
      for (const { row } of rows) {
        const bytes = row.replace(/\\\\x((?:[0-9a-f]{2})+)/g, (_, hex) =>
          Buffer.from(hex, 'hex').toString('latin1'),
        );
        if (words.some((word) => bytes.includes(word))) found.push(`${name}: ${row}`);
      }
    }
    return found;
  }
  return { become, fullPerson, exported, erase, rowsWith };
}
