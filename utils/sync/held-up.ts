import type { Replica } from '../replica/replica.ts';
import { backoff } from './backoff.ts';
import { passed } from './passed.ts';

interface Failures {
  count: number;
  /** ms since epoch, and ms from then on. */
  at: number;
  wait: number;
}

const failures = new WeakMap<Replica, Map<string, Failures>>();

/** Contacts with a command that the server fails at: they are tried ever more seldom, and the others go on. */
export class HeldUp {
  readonly #now: () => number;
  readonly #byContact: Map<string, Failures>;

  constructor(replica: Replica, now: () => number) {
    this.#now = now;
    this.#byContact = failures.get(replica) ?? new Map();
    failures.set(replica, this.#byContact);
  }

  has(contactId: string): boolean {
    const last = this.#byContact.get(contactId);
    return last !== undefined && !passed(last.at, this.#now(), last.wait);
  }

  note(contactId: string): void {
    const count = (this.#byContact.get(contactId)?.count ?? 0) + 1;
    this.#byContact.set(contactId, { count, at: this.#now(), wait: backoff(count) });
  }

  clear(contactId: string): void {
    this.#byContact.delete(contactId);
  }
}
