import { commandHandlers } from '../../../utils/background/command.ts';
import type { Change } from '../../../utils/contract/change.ts';
import { type Command, contactOf } from '../../../utils/contract/command.ts';
import { overlay } from '../../../utils/replica/overlay.ts';
import { ownQueued } from '../../../utils/replica/own.ts';
import { Replica } from '../../../utils/replica/replica.ts';
import type { Api } from '../../../utils/sync/api.ts';
import { lookup, refetch } from '../../../utils/sync/cards.ts';
import { Sync } from '../../../utils/sync/sync.ts';
import { warm } from '../../../utils/sync/warm.ts';
import { Trouble } from '../../../utils/trouble.ts';
import { Box } from './box.ts';
import type { Ledger } from './ledger.ts';
import type { Network } from './network.ts';
import type { Office, Seat } from './place.ts';

interface Parts {
  url: string;
  office: Pick<Office, 'workspaceId'>;
  seat: Seat;
  network: Pick<Network, 'fetchFor'>;
  ledger: Ledger;
  random: () => number;
  /** ms since epoch, as they are. */
  time: () => number;
}

/** What runs while a worker lives. */
type Worker = ReturnType<Browser['begin']>;

/** One browser: the shipped background without its messages, on a disk that outlives it. */
export class Browser {
  readonly box = new Box();
  readonly seat: Seat;
  /** ms by which its clock is wrong. */
  skew = 0;
  /** How far the stream has told it. */
  told = 0;
  /** What the shipped code threw and should not have. */
  readonly errors: unknown[] = [];
  readonly #parts: Parts;
  readonly #jobs = new Set<Promise<unknown>>();
  #worker: Worker;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.seat = parts.seat;
    this.#worker = this.begin();
  }

  get replica(): Replica {
    this.revive();
    return this.#worker.replica;
  }

  get sync(): Sync {
    this.revive();
    return this.#worker.sync;
  }

  get busy(): boolean {
    return this.#jobs.size > 0;
  }

  now = (): number => this.#parts.time() + this.skew;

  begin() {
    const { url, office, seat, network, random, time } = this.#parts;
    let alive = true;
    const isAlive = () => alive;
    const die = () => {
      alive = false;
      this.#jobs.clear();
    };
    const replica = new Replica(async () => this.box.open(isAlive, die));
    const auth = {
      token: async () => seat.token,
      ask: () => Promise.reject(new Trouble('denied', 'not let in just now')),
      drop: () => Promise.reject(new Error('not here')),
      signOut: () => Promise.reject(new Error('not here')),
    };
    const sync = new Sync({
      ...{ replica, auth, random, now: this.now, steady: time, onChange: () => undefined },
      fetch: network.fetchFor(isAlive),
    });
    const { write, discard, replace } = handlersOf(replica, sync, office);
    const { workspaceId } = office;
    const meta = { server: url, workspaceId, me: seat.memberId, browserId: seat.browserId };
    const ready = replica.load().then(async () => {
      if (replica.meta.server === undefined) await replica.write({ meta });
    });
    return { replica, sync, ready, isAlive, die, write, discard, replace };
  }

  /** The worker ends wherever it is, and another one begins. */
  restart(): void {
    this.#worker.die();
    this.#worker = this.begin();
  }

  /** Begins anew where it has died. */
  revive(): void {
    if (!this.#worker.isAlive()) this.restart();
  }

  wake(): void {
    this.#run(({ sync }) => sync.wake());
  }

  setLive(live: boolean): void {
    this.#run(async ({ sync, replica }) => {
      if (live) this.told = replica.meta.version ?? 0;
      sync.setLive(live);
      await sync.wake();
    });
  }

  hear(since: number, version: number, changes: Change[], reset = false): void {
    this.#run(({ sync }) => sync.hear({ since, version, changes, ...(reset && { reset }) }));
  }

  /** As a page's people are: tested here, and asked for where they are known. */
  look(keys: string[]): void {
    this.#run(async ({ replica, sync }) => {
      const known = [...(await replica.known(keys))];
      if (known.length > 0) await sync.use((api) => lookup(replica, api, known, this.now));
    });
  }

  /** Those of whom it holds nothing yet: what it holds has to be right without its being asked for again. */
  lookForMore(keys: string[]): void {
    this.#run(async ({ replica, sync }) => {
      const held = await replica.idsByKeys(keys);
      const known = [...(await replica.known(keys.filter((key) => !held.has(key))))];
      if (known.length > 0) await sync.use((api) => lookup(replica, api, known, this.now));
    });
  }

  /** As one is that was found by name. */
  open(contactId: string): void {
    this.use(async (api, replica) => replica.write(await refetch(replica, api, [contactId], this.now)));
  }

  warm(): void {
    this.use((api, replica) => warm({ replica, api, now: this.now }));
  }

  use(work: (api: Api, replica: Replica) => Promise<unknown>): void {
    this.#run(({ replica, sync }) => sync.use((api) => work(api, replica)));
  }

  /** What its person sees of a contact: the card with what waits. */
  async view(contactId: string) {
    const { replica } = this;
    await replica.load();
    const card = (await replica.cards([contactId])).get(contactId)?.card;
    const commands = ownQueued(replica)
      .filter(({ command, refused }) => contactOf(command) === contactId && !refused)
      .map(({ command }) => command);
    const me = replica.shared?.members.find(({ id }) => id === this.seat.memberId);
    return overlay(card, commands, me).card;
  }

  /** Contacts that its person can write about. */
  async contacts(): Promise<string[]> {
    const { replica } = this;
    await replica.load();
    const added = ownQueued(replica).filter(({ command }) => command.kind === 'contact.add');
    return [
      ...new Set([...(await replica.cardIds()), ...added.flatMap(({ command }) => contactOf(command) ?? [])]),
    ].sort();
  }

  /** @param saw what they would write over */
  write(command: Command, saw?: string): void {
    const entry = this.#parts.ledger.begin(this, command);
    if (saw !== undefined) entry.saw = saw;
    this.#run(async ({ write }) => {
      await write(command);
      entry.acked = true;
    });
  }

  discard(id: string): void {
    this.#parts.ledger.giveUp(id, this.replica.queued);
    this.#run(({ discard }) => discard({ id }));
  }

  replace(id: string, command: Command): void {
    const entry = this.#parts.ledger.begin(this, command, id);
    this.#run(async ({ replace }) => {
      await replace({ id, command });
      entry.acked = true;
    });
  }

  #run(work: (worker: Worker) => Promise<unknown>): void {
    this.revive();
    const worker = this.#worker;
    const job: Promise<unknown> = worker.ready
      .then(() => work(worker))
      .catch((error) => {
        if (!(error instanceof Trouble)) this.errors.push(error);
      })
      .finally(() => this.#jobs.delete(job));
    this.#jobs.add(job);
  }
}

function handlersOf(replica: Replica, sync: Sync, office: Pick<Office, 'workspaceId'>) {
  const handlers = commandHandlers(replica, sync, () => undefined);
  const from = { from: 'screen' as const };
  return {
    /** As the handler of `command.write` does it. */
    async write(command: Command) {
      const { server = '', me = '' } = replica.meta;
      await replica.append({ workspaceId: office.workspaceId, server, memberId: me, command });
      void sync.wake();
    },
    discard: async (which: { id: string }) => handlers['command.discard'](which, from),
    replace: async (which: { id: string; command: Command }) => handlers['command.replace'](which, from),
  };
}
