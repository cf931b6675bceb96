import type { HttpBindings } from '@hono/node-server';
import type { Logger } from 'pino';
import type { Accounts } from '../accounts/accounts.ts';
import type { Feed } from '../feed/feed.ts';
import type { Device } from '../store/browser.ts';
import type { Database } from '../store/database.ts';
import type { ErasureLog } from '../store/privacy/erasure-log.ts';
import type { Newest } from '../store/recipe-stale.ts';

/** Recipes for browsers, as the operator has put them there. */
export interface ServedRecipes {
  /** The answer to `GET /v1/recipes`, and what is in it by id. Never rejects. */
  read(): Promise<{ body: string; etag: string; newest: Newest }>;
}

/** What the routes are given. */
export interface Deps {
  db: Database;
  accounts: Accounts;
  /** The server's time. */
  clock: () => Date;
  log: Logger;
  /** Where erasures are kept outside of the database. */
  erasures?: ErasureLog;
  /** Sees to it that tags are made which are due. */
  retag?(): void;
  /** Holds streams; without it an answer has what there is, and ends. */
  feed?: Feed;
  /** Without it there are none. */
  recipes?: ServedRecipes;
}

export interface Env {
  /** Empty or absent when there is no socket, as in tests. */
  Bindings: Partial<HttpBindings>;
  Variables: {
    device: Device;
    requestId: string;
    /** A person sent a code or an invitation that is none. */
    guessed?: true;
    /** Takes one more turn, for what an answer needs after it has begun. @returns what ends it */
    turn?: () => Promise<() => void>;
    /** Where a request comes from, as limits count it; it is written down nowhere. */
    address: string;
  };
}
