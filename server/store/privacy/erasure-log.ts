import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { Id } from '../../../utils/contract/base.ts';
import { EraseReason } from '../../../utils/contract/privacy.ts';
import { writeAudit } from '../audit.ts';
import { type Database, inWorkspace, type Trx } from '../database.ts';
import { eraseContacts } from './erase.ts';
import { addHashes } from './suppression.ts';

/** One line: that this contact was erased, and by which hashes they are kept out; the last line on one holds. */
const Line = v.object({
  workspace: Id,
  contact: Id,
  reason: EraseReason,
  hashes: v.array(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
});
type Line = v.InferOutput<typeof Line>;

/**
 * Erasures outside of the database, appended to a file beside it: a database that is restored from an older
 * backup brings people back, and the next start erases them again. It holds ids and keyed hashes only.
 */
export class ErasureLog {
  readonly #path: string;
  readonly #written = new Map<string, string>();

  private constructor(path: string) {
    this.#path = path;
  }

  /** Reads what the file says; lines cut short by a crash are passed over. */
  static async open(path: string): Promise<ErasureLog> {
    const log = new ErasureLog(path);
    for (const { text, line } of await readLines(path)) log.#written.set(keyOf(line), text);
    return log;
  }

  /** Appends what is not in the file yet of this workspace. */
  async note(db: Database, workspaceId: string): Promise<void> {
    const lines = await inWorkspace(db, workspaceId, (trx) => readErasures(trx, workspaceId));
    const fresh = lines.filter((line) => this.#written.get(keyOf(line)) !== JSON.stringify(line));
    if (fresh.length === 0) return;
    await mkdir(dirname(this.#path), { recursive: true });
    // Begins with a line's end: the last line may have been cut short.
    const text = fresh.map((line) => `\n${JSON.stringify(line)}`).join('');
    await appendFile(this.#path, `${text}\n`, { mode: 0o600, flush: true });
    for (const line of fresh) this.#written.set(keyOf(line), JSON.stringify(line));
  }

  /**
   * Erases again whom the database does not know as erased. Call it before anything else is served.
   * @returns how many were brought back by a backup
   */
  async reapply(db: Database, workspaceIds: readonly string[]): Promise<number> {
    const lines = [...this.#written.values()].map((text) => v.parse(Line, JSON.parse(text)));
    let erased = 0;
    for (const workspaceId of workspaceIds) {
      const known = await inWorkspace(db, workspaceId, (trx) => readErasures(trx, workspaceId));
      const there = new Set(known.map(({ contact }) => contact));
      for (const line of lines) {
        if (line.workspace !== workspaceId || there.has(line.contact)) continue;
        if (await inWorkspace(db, workspaceId, (trx) => again(trx, line))) erased += 1;
      }
      await this.note(db, workspaceId);
    }
    return erased;
  }
}

const keyOf = ({ workspace, contact }: Line) => `${workspace} ${contact}`;

async function readLines(path: string): Promise<{ text: string; line: Line }[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw new Error(`The list of erasures ${path} cannot be read.`, { cause: error });
  });
  return text.split('\n').flatMap((each) => {
    const line = v.safeParse(Line, parse(each));
    return line.success ? [{ text: each, line: line.output }] : [];
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readErasures(trx: Trx, workspaceId: string): Promise<Line[]> {
  const rows = await trx
    .selectFrom('erasure')
    .select(['contact_id', 'reason'])
    .where('workspace_id', '=', workspaceId)
    .where('reason', '<>', 'retention')
    .execute();
  const hashes = await trx
    .selectFrom('suppression')
    .select(['contact_id', 'hash'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('hash')
    .execute();
  const byContact = Map.groupBy(hashes, ({ contact_id }) => contact_id);
  return rows.flatMap(({ contact_id, reason }) =>
    reason === 'retention'
      ? []
      : [
          {
            workspace: workspaceId,
            contact: contact_id,
            reason,
            hashes: (byContact.get(contact_id) ?? []).map(({ hash }) => hash.toString('hex')),
          },
        ],
  );
}

/** @returns whether they were there again */
async function again(trx: Trx, { workspace, contact, reason, hashes }: Line): Promise<boolean> {
  const erased = await eraseContacts(trx, workspace, [contact], {
    reason,
    note: async (within) =>
      writeAudit(within, workspace, 'contact.erased', {
        target: { kind: 'contact', id: contact },
        detail: { reason, restored: true },
      }),
  });
  await trx
    .insertInto('erasure')
    .values({ workspace_id: workspace, contact_id: contact, reason, member_id: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const entries = hashes.map((hash): [Buffer, string] => [Buffer.from(hash, 'hex'), contact]);
  await addHashes(trx, workspace, entries);
  return erased.length > 0;
}
