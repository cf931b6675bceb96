import pino from 'pino';
import { v7 as uuid } from 'uuid';
import type { Accounts } from '../../../server/accounts/accounts.ts';
import { createApp } from '../../../server/app.ts';
import { addBrowser } from '../../../server/store/browser.ts';
import { type Database, inWorkspace } from '../../../server/store/database.ts';
import { createDefinition } from '../../../server/store/definition.ts';
import { createMember, createWorkspace } from '../../../server/store/workspace.ts';
import type { Role } from '../../../utils/contract/roles.ts';
import { openTestAccounts, wideWalls } from '../team.ts';
import { addPeople } from './first-people.ts';

/** A browser that is let in, and whose. */
export interface Seat {
  memberId: string;
  browserId: string;
  role: Role;
  token: string;
}

/** One schedule's workspace. */
export interface Office {
  workspaceId: string;
  stageIds: string[];
  /** The first two are the same member's; the one before last is an admin's, the last one a viewer's. */
  seats: Seat[];
}

/** ms since epoch at which every schedule begins; the database's own clock is not asked. */
export const BEGIN = Date.parse('2026-11-23T08:00:00Z');

/** The shipped server on one database, as one process after the other has it. */
export class Place {
  readonly db: Database;
  /** ms since epoch, as the server has it. */
  now = BEGIN;
  #accounts: Accounts;
  #app: ReturnType<typeof createApp>;

  private constructor(db: Database, accounts: Accounts) {
    this.db = db;
    this.#accounts = accounts;
    this.#app = this.#create();
  }

  static async open(db: Database): Promise<Place> {
    return new Place(db, await openTestAccounts(db));
  }

  /** Another process in its place, which knows nothing but what the database holds. */
  async remake(): Promise<void> {
    this.#accounts = await openTestAccounts(this.db);
    this.#app = this.#create();
  }

  request(path: string, init: RequestInit): Promise<Response> {
    return Promise.resolve(this.#app.request(path, init));
  }

  /** Lets a change of roles take effect at once. */
  forget(workspaceId: string): void {
    this.#accounts.memberships.forget(workspaceId);
  }

  async office(): Promise<Office> {
    const workspaceId = await createWorkspace(this.db, 'Model');
    const stageIds = [uuid(), uuid(), uuid()];
    const people: { team: 'sales' | 'marketing'; role: Role; browsers: number }[] = [
      { team: 'sales', role: 'member', browsers: 2 },
      { team: 'marketing', role: 'lead', browsers: 1 },
      { team: 'sales', role: 'admin', browsers: 1 },
      { team: 'marketing', role: 'viewer', browsers: 1 },
    ];
    const seats = await inWorkspace(this.db, workspaceId, async (trx) => {
      const list: Omit<Seat, 'token'>[] = [];
      for (const [index, id] of stageIds.entries()) {
        await createDefinition(trx, workspaceId, {
          ...{ id, label: `Stage ${index + 1}`, order: index + 1, team: 'sales', revision: 1 },
        });
      }
      for (const [place, { team, role, browsers }] of people.entries()) {
        const memberId = uuid();
        await createMember(trx, workspaceId, { id: memberId, name: `Member ${place}`, team, role });
        for (let n = 0; n < browsers; n += 1) {
          const browser = { memberId, grantId: uuid(), name: 'Model browser' };
          list.push({ memberId, role, browserId: await addBrowser(trx, workspaceId, browser) });
        }
      }
      await addPeople(trx, workspaceId, list[0]?.memberId ?? '');
      return list;
    });
    const signed = seats.map(async (seat) => ({
      ...seat,
      token: await this.#accounts.tokens.sign({ workspaceId, ...seat }),
    }));
    return { workspaceId, stageIds, seats: await Promise.all(signed) };
  }

  #create() {
    const clock = () => new Date(this.now);
    const log = pino({ level: 'silent' });
    return createApp({ db: this.db, accounts: this.#accounts, log, clock }, wideWalls());
  }
}
