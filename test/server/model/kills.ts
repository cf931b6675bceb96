import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { v7 as uuid } from 'uuid';
import { openAccounts } from '../../../server/accounts/accounts.ts';
import { openSecretBox } from '../../../server/accounts/secret-key.ts';
import { findPostgres } from '../../../server/postgres.ts';
import { addBrowser } from '../../../server/store/browser.ts';
import { type Database, inWorkspace, openDatabase } from '../../../server/store/database.ts';
import { createMember, listWorkspaces } from '../../../server/store/workspace.ts';
import { type Child, postgresPid, startChild } from '../child.ts';
import { addPeople } from './first-people.ts';
import type { Office } from './place.ts';

/** Long enough for all rounds. */
const TOKEN_SECONDS = 4 * 3600;

/** A server process with its own PostgreSQL on a folder, which dies and comes back at the same address. */
export class Mortal {
  readonly url: string;
  readonly #folder: string;
  readonly #port: number;
  #child: Child;

  private constructor(folder: string, port: number, child: Child) {
    this.#folder = folder;
    this.#port = port;
    this.#child = child;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start(folder: string): Promise<Mortal> {
    const port = await freePort();
    const mortal = new Mortal(folder, port, begin(folder, port));
    // Only then there is a team.
    await mortal.#child.listening;
    return mortal;
  }

  /** Resolves once it answers from its database. */
  async ready(): Promise<void> {
    for (;;) {
      const isReady = await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(5000) }).then(
        ({ status }) => status === 200,
        () => false,
      );
      if (isReady) return;
      if (this.#child.process.exitCode !== null) throw new Error(`[kills] ${this.#child.output()}`);
      await sleep(20);
    }
  }

  /** The server's process alone: its PostgreSQL goes on without it, until the next server comes. */
  async killServer(): Promise<void> {
    this.#child.process.kill('SIGKILL');
    await this.#child.ended;
  }

  /** PostgreSQL with all of its processes; a server that lives starts it again. */
  async killDatabase(): Promise<void> {
    const pid = await postgresPid(this.#folder);
    if (pid === 0) return;
    const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
    const children = stdout
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number))
      .flatMap(([child = 0, parent]) => (parent === pid ? [child] : []));
    for (const each of [pid, ...children]) {
      try {
        process.kill(each, 'SIGKILL');
      } catch {
        // Gone by itself.
      }
    }
  }

  /** Another server in place of the one that was killed. */
  restart(): void {
    this.#child = begin(this.#folder, this.#port);
  }

  async stop(): Promise<void> {
    this.#child.process.kill('SIGTERM');
    await this.#child.ended;
  }

  /** Its database, as it is now. */
  async database(): Promise<Database> {
    return openDatabase((await findPostgres(this.#folder)) ?? '', 2);
  }

  /** Lets browsers of three members in, by the server's own keys, and adds the first people. */
  async office(): Promise<Office> {
    const databaseUrl = (await findPostgres(this.#folder)) ?? '';
    const db = openDatabase(databaseUrl, 2);
    try {
      const box = await openSecretBox({ folder: this.#folder, secretKeys: [] });
      const { tokens } = await openAccounts(db, box, this.url);
      const workspaceId = (await listWorkspaces(databaseUrl))[0]?.id ?? '';
      const seats = await inWorkspace(db, workspaceId, async (trx) => {
        const members = [0, 1, 2].map((n) => ({ id: uuid(), name: `Member ${n}` }));
        for (const { id, name } of members)
          await createMember(trx, workspaceId, { id, name, team: 'sales', role: 'member' });
        const list: { memberId: string; browserId: string; role: 'member' }[] = [];
        for (const { id: memberId } of [...members.slice(0, 1), ...members]) {
          const browser = { memberId, grantId: uuid(), name: 'Model browser' };
          list.push({ memberId, browserId: await addBrowser(trx, workspaceId, browser), role: 'member' });
        }
        await addPeople(trx, workspaceId, members[0]?.id ?? '');
        return list;
      });
      const signed = seats.map(async (seat) => ({
        ...seat,
        token: await tokens.sign({ workspaceId, ...seat }, TOKEN_SECONDS),
      }));
      return { workspaceId, stageIds: [], seats: await Promise.all(signed) };
    } finally {
      await db.close();
    }
  }
}

/** No limit for a few browsers that write as twenty people do. */
const WIDE = Object.fromEntries(
  ['TRUCE_LIMIT_PERSON', 'TRUCE_LIMIT_WORKSPACE', 'TRUCE_LIMIT_ADDRESS'].map((name) => [name, '100000']),
);

const begin = (folder: string, port: number): Child =>
  startChild(folder, { TRUCE_PORT: String(port), TRUCE_LOG: 'info', ...WIDE });

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}
