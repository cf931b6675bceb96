import { type ReadonlySignal, signal } from '@preact/signals';
import { wordsOf } from './actions.ts';
import type { TeamAnswer } from './contract/team.ts';
import { type ErrorCode, Trouble } from './trouble.ts';
import type { ConnectionState, View } from './view.ts';

/** In these the server does not let this browser in, or not in step: why, in the terms of a failure. */
const SHUT = ['unset', 'signed-out', 'removed', 'locked'] as const satisfies (ConnectionState & ErrorCode)[];

/** What the team page shows: read from the server when it may have changed, and let go of when it may not be shown. */
export class TeamReader {
  readonly #ask: () => Promise<TeamAnswer>;
  readonly #team = signal<TeamAnswer | undefined>(undefined);
  readonly #problem = signal<string | undefined>(undefined);
  readonly #at = signal(0);
  #asked = 0;
  #seen: string | undefined;
  #who: string | undefined;
  readonly #shut = signal<ErrorCode | undefined>(undefined);

  constructor(ask: () => Promise<TeamAnswer>) {
    this.#ask = ask;
  }

  get team(): ReadonlySignal<TeamAnswer | undefined> {
    return this.#team;
  }

  /** ms since epoch at which it was read. */
  get at(): ReadonlySignal<number> {
    return this.#at;
  }

  /** Why it could not be read, or not anew. */
  get problem(): ReadonlySignal<string | undefined> {
    return this.#problem;
  }

  /** Asking again brings nothing: the way on is in the options. */
  get shut(): ReadonlySignal<ErrorCode | undefined> {
    return this.#shut;
  }

  /** Of two answers under way, the one that was asked for last counts. */
  async read(): Promise<void> {
    if (this.#shut.value) return;
    this.#asked += 1;
    const mine = this.#asked;
    try {
      const answer = await this.#ask();
      if (mine !== this.#asked) return;
      this.#team.value = answer;
      this.#at.value = Date.now();
      this.#problem.value = undefined;
    } catch (error) {
      if (mine === this.#asked) this.#problem.value = wordsOf(error);
    }
  }

  /** What others change comes with the feed; what a connection that ends or comes back means, the server says. */
  follow({ members, connection }: View): void {
    const { state, server, me } = connection;
    const who = JSON.stringify([server, me]);
    const shut = SHUT.find((one) => one === state);
    this.#shut.value = shut;
    if (shut || (this.#who !== undefined && who !== this.#who)) this.#forget();
    this.#who = who;
    if (shut) {
      this.#problem.value = wordsOf(new Trouble(shut, 'not to be shown'));
      this.#seen = undefined;
      return;
    }
    const seen = JSON.stringify([who, members, state]);
    if (seen === this.#seen) return;
    this.#seen = seen;
    void this.read();
  }

  /** An answer that is still under way is void with it. */
  #forget(): void {
    this.#asked += 1;
    this.#team.value = undefined;
    this.#problem.value = undefined;
  }
}
