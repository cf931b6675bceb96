import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { prepare } from '../../../server/import/prepare.ts';
import { runImport } from '../../../server/import/run.ts';
import { commitChanges, readVersion } from '../../../server/store/change.ts';
import { rebuildCompanies } from '../../../server/store/company.ts';
import { inWorkspace } from '../../../server/store/database.ts';
import { prune } from '../../../server/store/privacy/prune.ts';
import { syncTags } from '../../../server/store/tag.ts';
import { stepTags } from '../../../server/store/tag-rotation.ts';
import { normalName } from '../../../utils/contract/match-key.ts';
import { PATHS } from '../../../utils/contract/routes.ts';
import { hubspotRows } from '../import-rig.ts';
import { noteChanges, readChanges } from './check-disks.ts';
import type { Office, Place } from './place.ts';
import type { SERVER } from './steps.ts';

const DAY = 86_400_000;

/** What happens on the server's side, by an admin or by itself. */
export class ServerActs {
  /** Contacts that an import may have changed, and those that were erased. */
  imported = false;
  readonly erased = new Set<string>();
  /** What the feed had said before it forgot it: versions by contact. */
  readonly changes = new Map<string, number[]>();
  readonly #place: Place;
  readonly #office: Office;
  readonly #folder: string;

  constructor(place: Place, office: Office, folder: string) {
    this.#place = place;
    this.#office = office;
    this.#folder = folder;
  }

  async act(what: (typeof SERVER)[number], pick: number): Promise<void> {
    switch (what) {
      case 'remake':
        return this.#place.remake();
      case 'rotate':
        return this.#ask(PATHS.tagKey, {});
      case 'retag':
        return this.retag(pick % 3);
      case 'forget':
        return this.#forget();
      case 'import':
        return this.#import(pick % 10);
      case 'rename':
        return this.#rename(pick);
      case 'erase':
        return pick % 3 === 0 ? this.#erase(pick) : undefined;
      case 'role': {
        const viewer = this.#office.seats.at(-1);
        const role = pick % 2 === 0 ? 'member' : 'viewer';
        return this.#ask(PATHS.memberChange, { id: viewer?.memberId, role });
      }
    }
  }

  /** So many steps of what is due about tags: a server may end in the middle of it. */
  async retag(steps = Number.POSITIVE_INFINITY): Promise<void> {
    const { db, now } = this.#place;
    const { workspaceId } = this.#office;
    for (let n = 0; n < steps; n += 1) {
      if (!(await inWorkspace(db, workspaceId, (trx) => stepTags(trx, workspaceId, new Date(now))))) return;
    }
  }

  async contacts(): Promise<string[]> {
    const rows = await inWorkspace(this.#place.db, this.#office.workspaceId, (trx) =>
      trx.selectFrom('contact').select('id').orderBy('id').execute(),
    );
    return rows.map(({ id }) => id);
  }

  version(): Promise<number> {
    const { workspaceId } = this.#office;
    return inWorkspace(this.#place.db, workspaceId, (trx) => readVersion(trx, workspaceId));
  }

  /** Retention, with the commands' results kept: a browser that was away for longer has locked. */
  async #forget(): Promise<void> {
    const { db } = this.#place;
    const { workspaceId } = this.#office;
    noteChanges(this.changes, await inWorkspace(db, workspaceId, readChanges));
    await inWorkspace(db, workspaceId, (trx) =>
      sql`update command set created_at = created_at + interval '200 days'`.execute(trx),
    );
    await prune(db, workspaceId, new Date(Date.now() + 100 * DAY));
    await inWorkspace(db, workspaceId, (trx) =>
      sql`update command set created_at = created_at - interval '200 days'`.execute(trx),
    );
  }

  async #import(from: number): Promise<void> {
    this.imported = true;
    const path = join(this.#folder, `${this.#office.workspaceId}.csv`);
    await writeFile(path, hubspotRows(3, from));
    const prepared = await prepare(path, async () => undefined);
    await runImport(this.#place.db, this.#office.workspaceId, prepared);
  }

  async #rename(pick: number): Promise<void> {
    const { workspaceId } = this.#office;
    await inWorkspace(this.#place.db, workspaceId, async (trx) => {
      const companies = await trx.selectFrom('company').select('id').orderBy('id').execute();
      const id = companies[pick % companies.length]?.id;
      if (id === undefined) return;
      const name = `Renamed ${pick % 2}`;
      const people = await trx.selectFrom('contact').select('id').where('company_id', '=', id).execute();
      await trx
        .updateTable('company')
        .set({ name, normal: normalName(name) })
        .where('id', '=', id)
        .execute();
      const tagged = await syncTags(
        trx,
        workspaceId,
        people.map((person) => person.id),
      );
      const changed = await rebuildCompanies(trx, workspaceId, [id]);
      const changes = changed.map((company) => ({ kind: 'company' as const, id: company }));
      await commitChanges(trx, workspaceId, [...changes, ...tagged]);
    });
  }

  async #erase(pick: number): Promise<void> {
    const ids = await this.contacts();
    const contactId = ids[pick % ids.length];
    if (contactId === undefined) return;
    await this.#ask(PATHS.erase, { contactId });
    this.erased.add(contactId);
  }

  async #ask(path: string, body: object): Promise<void> {
    const admin = this.#office.seats.find(({ role }) => role === 'admin');
    const response = await this.#place.request(path, {
      method: 'POST',
      headers: { authorization: `Bearer ${admin?.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`[model] ${path} ${response.status} ${await response.text()}`);
  }
}
