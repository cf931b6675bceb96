import pino from 'pino';
import { v7 as uuid } from 'uuid';
import * as v from 'valibot';
import { openAccounts, pairDirectly } from '../../server/accounts/accounts.ts';
import { secretBox } from '../../server/accounts/secret-box.ts';
import { createApp } from '../../server/app.ts';
import { commitChanges } from '../../server/store/change.ts';
import { type Database, inWorkspace } from '../../server/store/database.ts';
import { createDefinition } from '../../server/store/definition.ts';
import { createMember, createWorkspace } from '../../server/store/workspace.ts';
import { DEFAULT_HOLDING } from '../../server/walls/limits.ts';
import { DEFAULT_WALLS } from '../../server/walls/settings.ts';
import { openWalls } from '../../server/walls/walls.ts';
import type { Command, CommandResult } from '../../utils/contract/command.ts';
import { CommandsAnswer } from '../../utils/contract/command.ts';

export interface Team {
  workspaceId: string;
  memberId: string;
  stageIds: [string, string];
  token: string;
  /** Lets a change of the member's role take effect at once. */
  forget(): void;
  /** Calls the API as the member. */
  request(path: string, init?: { body?: unknown; headers?: Record<string, string> }): Promise<Response>;
  command(
    command: DistributedOmit<Command, 'id' | 'at'> & { id?: string; at?: string },
  ): Promise<CommandResult>;
  /** Adds somebody; answers the contact's id. */
  add(name: string, more?: Partial<AddPayload>): Promise<string>;
}

type DistributedOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
type AddPayload = Extract<Command, { kind: 'contact.add' }>['payload'];

/** Tests ask more than a person does; what the limits do has tests of its own. */
const MANY = 1_000_000;
export const wideWalls = () =>
  openWalls(
    { ...DEFAULT_WALLS, person: MANY, workspace: MANY, address: MANY },
    {
      ...DEFAULT_HOLDING,
      failed: MANY,
      unknown: MANY,
      turns: { ...DEFAULT_HOLDING.turns, perPerson: MANY, perWorkspace: MANY },
    },
  );

const BOX = secretBox([Buffer.alloc(32, 1)]);

/** Keys of the database's own; every team of it is let in by the same. */
export const openTestAccounts = (db: Database, url = 'http://truce.test') => openAccounts(db, BOX, url);

/** A workspace with a sales member and two stages. */
export async function createTeam(db: Database, log = pino({ level: 'silent' })): Promise<Team> {
  const workspaceId = await createWorkspace(db, 'Test team');
  const memberId = uuid();
  const stageIds: [string, string] = [uuid(), uuid()];
  await inWorkspace(db, workspaceId, async (trx) => {
    await createMember(trx, workspaceId, { id: memberId, name: 'Rita Rep', team: 'sales', role: 'member' });
    for (const [index, id] of stageIds.entries()) {
      const label = `Stage ${index + 1}`;
      await createDefinition(trx, workspaceId, { id, label, order: index + 1, team: 'sales', revision: 1 });
    }
    await commitChanges(trx, workspaceId, [{ kind: 'member', id: memberId }]);
  });
  const accounts = await openTestAccounts(db);
  const token = await pairDirectly(db, accounts, workspaceId, memberId);
  const app = createApp({ db, accounts, log, clock: () => new Date() }, wideWalls());
  const request: Team['request'] = async (path, { body, headers = {} } = {}) =>
    app.request(path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  const command: Team['command'] = async (given) => {
    const full = { id: uuid(), at: new Date().toISOString(), ...given };
    const response = await request('/v1/commands', { body: { commands: [full] } });
    const answer = v.parse(CommandsAnswer, await response.json());
    const result = answer.results[0];
    if (!result) throw new Error('no result');
    return result;
  };
  return {
    workspaceId,
    memberId,
    stageIds,
    token,
    forget: () => accounts.memberships.forget(),
    request,
    command,
    async add(name, more = {}) {
      const contactId = uuid();
      const result = await command({ kind: 'contact.add', payload: { contactId, name, ...more } });
      if (result.status !== 'applied') throw new Error(`refused: ${result.reason}`);
      return contactId;
    },
  };
}
