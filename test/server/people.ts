import pino from 'pino';
import { v7 as uuid } from 'uuid';
import * as v from 'valibot';
import { type Accounts, openAccounts } from '../../server/accounts/accounts.ts';
import { type Memberships, memberships } from '../../server/accounts/membership.ts';
import { secretBox } from '../../server/accounts/secret-box.ts';
import { createApp } from '../../server/app.ts';
import { addBrowser } from '../../server/store/browser.ts';
import { type Database, inWorkspace } from '../../server/store/database.ts';
import { createMember, createWorkspace } from '../../server/store/workspace.ts';
import type { Role } from '../../utils/contract/member.ts';
import { PATHS, Problem } from '../../utils/contract/routes.ts';
import { AuditAnswer, NewLink, TeamAnswer } from '../../utils/contract/team.ts';

export interface Answer {
  status: number;
  /** The problem's code, where it is one. */
  code: string | undefined;
  read<S extends v.GenericSchema>(schema: S): v.InferOutput<S>;
}

/** A member with a paired browser. */
export interface Person {
  id: string;
  browserId: string;
  token: string;
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  team(): Promise<TeamAnswer>;
  link(path: string, body?: unknown): Promise<NewLink>;
}

export interface People {
  workspaceId: string;
  accounts: Accounts;
  /** Adds somebody to the team. */
  person(
    role: Role,
    more?: { team?: 'sales' | 'marketing' | 'service' | 'both'; email?: string },
  ): Promise<Person>;
  /** The same person, asking another server of the same database. */
  elsewhere(person: Person, others: Memberships): Person;
  audit(by: Person): Promise<AuditAnswer['rows']>;
}

const log = pino({ level: 'silent' });
const BOX = secretBox([Buffer.alloc(32, 1)]);

/** A workspace of members with every role, who ask one server. */
export async function createPeople(db: Database): Promise<People> {
  const workspaceId = await createWorkspace(db, 'Northwind');
  const accounts = await openAccounts(db, BOX, 'http://truce.test');
  const served = (using: Memberships) =>
    createApp({ db, accounts: { ...accounts, memberships: using }, log, clock: () => new Date() });
  const here = served(accounts.memberships);

  const speak = (app: typeof here, who: Pick<Person, 'id' | 'browserId' | 'token'>): Person => {
    const ask = async (path: string, init: RequestInit): Promise<Answer> => {
      const response = await app.request(path, {
        ...init,
        headers: { authorization: `Bearer ${who.token}` },
      });
      const body: unknown = await response.json();
      const problem = v.safeParse(Problem, body);
      return {
        status: response.status,
        code: problem.success ? problem.output.error.code : undefined,
        read: (schema) => v.parse(schema, body),
      };
    };
    const post: Person['post'] = (path, body = {}) =>
      ask(path, { method: 'POST', body: JSON.stringify(body) });
    return {
      ...who,
      get: (path) => ask(path, {}),
      post,
      team: async () => (await ask(PATHS.team, {})).read(TeamAnswer),
      link: async (path, body) => (await post(path, body)).read(NewLink),
    };
  };

  return {
    workspaceId,
    accounts,
    async person(role, { team = 'sales', email } = {}) {
      const id = uuid();
      const browserId = await inWorkspace(db, workspaceId, async (trx) => {
        const name = `${role} ${id.slice(-4)}`;
        await createMember(trx, workspaceId, { id, name, team, role, ...(email && { email }) });
        return addBrowser(trx, workspaceId, { memberId: id, grantId: uuid(), name: 'Test browser' });
      });
      const token = await accounts.tokens.sign({ workspaceId, memberId: id, browserId });
      return speak(here, { id, browserId, token });
    },
    elsewhere: (person, others) => speak(served(others), person),
    audit: async (admin) => (await admin.get(PATHS.audit)).read(AuditAnswer).rows,
  };
}

/** Another server's memory of who is let in. */
export const anotherServer = (db: Database, now: () => number): Memberships => memberships(db, now);
