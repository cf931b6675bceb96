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

/** What the server fails at a command about (a contact, a proposal): it is tried ever more seldom, and the others go on. */
export class HeldUp {
  readonly #now: () => number;
  readonly #bySubject: Map<string, Failures>;

  constructor(replica: Replica, now: () => number) {
    this.#now = now;
    this.#bySubject = failures.get(replica) ?? new Map();
    failures.set(replica, this.#bySubject);
  }

  has(subject: string): boolean {
    const last = this.#bySubject.get(subject);
    return last !== undefined && !passed(last.at, this.#now(), last.wait);
  }

  note(subject: string): void {
    const count = (this.#bySubject.get(subject)?.count ?? 0) + 1;
    this.#bySubject.set(subject, { count, at: this.#now(), wait: backoff(count) });
  }

  clear(subject: string): void {
    this.#bySubject.delete(subject);
  }
}
