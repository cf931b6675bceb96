import { normalAddress, normalName } from '../../utils/contract/match-key.ts';
import type { Trx } from '../store/database.ts';
import { plain } from './fields.ts';
import { stageWords } from './words.ts';

/** A word of the file that names nobody, or no stage: told once, with how often it was met. */
export interface Unknown {
  what: 'owner' | 'stage';
  value: string;
  line: number;
  times: number;
}

/** More different words than these are not told one by one. */
const UNKNOWN_MAX = 1000;

/** The members and stages that a file may name. */
export class Team {
  readonly unknown = new Map<string, Unknown>();
  readonly #owners = new Map<string, string>();
  readonly #stages = new Map<string, string>();

  constructor(
    members: readonly { id: string; name: string; email: string | null }[],
    stages: readonly { id: string; label: string }[],
  ) {
    for (const { id, name, email } of members) {
      if (email !== null) this.#owners.set(email, id);
      const key = normalName(name);
      // Two of one name: the name says neither.
      this.#owners.set(key, this.#owners.has(key) ? '' : id);
    }
    for (const { id, label } of stages) this.#stages.set(plain(label), id);
  }

  /** By address or name: `raj@truce.example`, `Raj Patel`, `Raj Patel (raj@truce.example)`. */
  owner(value: string, line: number): string | undefined {
    const address = normalAddress(/[^\s<>()]+@[^\s<>()]+/.exec(value)?.[0] ?? '');
    const name = normalName(value.replace(/[(<].*$/, ''));
    const id = (address && this.#owners.get(address)) || this.#owners.get(name);
    return id || this.#miss('owner', value, line);
  }

  /** By its label, or by a vendor's word for it. */
  stage(value: string, line: number): string | undefined {
    for (const word of stageWords(value)) {
      const id = this.#stages.get(word);
      if (id !== undefined) return id;
    }
    return this.#miss('stage', value, line);
  }

  #miss(what: Unknown['what'], value: string, line: number): undefined {
    const key = `${what} ${value}`;
    const met = this.unknown.get(key);
    if (met) met.times += 1;
    else if (this.unknown.size < UNKNOWN_MAX) this.unknown.set(key, { what, value, line, times: 1 });
    return undefined;
  }
}

export async function loadTeam(trx: Trx, workspaceId: string): Promise<Team> {
  const members = await trx
    .selectFrom('member')
    .select(['id', 'name', 'email'])
    .where('workspace_id', '=', workspaceId)
    .execute();
  const stages = await trx
    .selectFrom('definition')
    .select(['id', 'label'])
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', 'stage')
    .where('retired', '=', false)
    .execute();
  return new Team(members, stages);
}
