import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import * as v from 'valibot';
import { commitChanges } from '../../server/store/change.ts';
import { type Database, inWorkspace } from '../../server/store/database.ts';
import { syncTags } from '../../server/store/tag.ts';
import { Session, VERSION_HEADER } from '../../utils/contract/routes.ts';
import { TAG_BYTES, TAGS_HEADERS } from '../../utils/contract/tags.ts';
import type { Team } from './team.ts';

/** What `GET /v1/tags` said. */
export interface Said {
  status: number;
  form: string | null;
  version: number;
  count: number;
  added: number;
  tags: number[];
}

export async function askTags(team: Team, keyNo: number, since?: number): Promise<Said> {
  const query = since === undefined ? '' : `&since=${since}`;
  const answer = await team.request(`/v1/tags?key=${keyNo}${query}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const header = (name: string) => answer.headers.get(name);
  const isSet = answer.status === 200;
  return {
    status: answer.status,
    form: header(TAGS_HEADERS.form),
    version: Number(header(VERSION_HEADER)),
    count: Number(header(TAGS_HEADERS.count)),
    added: Number(header(TAGS_HEADERS.added)),
    tags: Array.from({ length: isSet ? bytes.length / TAG_BYTES : 0 }, (_, n) =>
      bytes.readUIntBE(n * TAG_BYTES, TAG_BYTES),
    ),
  };
}

export const readSession = async (team: Team) =>
  v.parse(Session, await (await team.request('/v1/session')).json());

/** The present key's tag of a match key. */
export async function tagNow(team: Team, matchKey: string): Promise<number> {
  const { tagKey } = await readSession(team);
  return createHmac('sha256', Buffer.from(tagKey, 'base64')).update(matchKey).digest().readUIntBE(0, 6);
}

/** A browser's copy of the set, kept as the contract says. */
export class Copy {
  readonly tags = new Set<number>();
  version = 0;
  wholes = 0;
  deltas = 0;

  readonly #team: Team;
  readonly #keyNo: number;

  constructor(team: Team, keyNo = 1) {
    this.#team = team;
    this.#keyNo = keyNo;
  }

  async follow(): Promise<void> {
    const first = this.wholes === 0;
    const said = await askTags(this.#team, this.#keyNo, first ? undefined : this.version);
    if (said.status !== 200) throw new Error(`${said.status}`);
    if (said.form === 'whole') {
      this.wholes += 1;
      this.tags.clear();
      for (const tag of said.tags) this.tags.add(tag);
    } else {
      this.deltas += 1;
      said.tags.forEach((tag, n) => void (n < said.added ? this.tags.add(tag) : this.tags.delete(tag)));
    }
    this.version = said.version;
  }

  sorted = (): number[] => [...this.tags].sort((a, b) => a - b);
}

/** What the set ought to be: every tag that the tables hold under this key. */
export async function everyTag(
  asOwner: (text: string, values: unknown[]) => Promise<{ tag: string }[]>,
  workspaceId: string,
  keyNo = 1,
): Promise<number[]> {
  const rows = await asOwner(
    `select tag from tag where workspace_id = $1 and key_no = $2
      union select tag from company_tag where workspace_id = $1 and key_no = $2 order by 1`,
    [workspaceId, keyNo],
  );
  return rows.map(({ tag }) => Number(tag));
}

/** So many people, so that a change is less than a quarter of the set. */
export async function addPeople(db: Database, workspaceId: string, count: number): Promise<string[]> {
  return inWorkspace(db, workspaceId, async (trx) => {
    const ids = Array.from({ length: count }, () => uuid());
    await sql`insert into contact (workspace_id, id, name, normal)
      select ${workspaceId}::uuid, id, 'Person ' || n, 'person ' || n
      from unnest(${ids}::uuid[]) with ordinality p (id, n)`.execute(trx);
    await sql`insert into identity (workspace_id, kind, value, contact_id)
      select ${workspaceId}::uuid, 'email', 'p' || n || '@many.example', id
      from unnest(${ids}::uuid[]) with ordinality p (id, n)`.execute(trx);
    await commitChanges(trx, workspaceId, await syncTags(trx, workspaceId, ids));
    return ids;
  });
}
