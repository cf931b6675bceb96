import type { Logger } from 'pino';
import type { Database } from '../store/database.ts';
import type { Device } from '../store/device.ts';

/** What the routes are given. */
export interface Deps {
  db: Database;
  /** The server's time. */
  clock: () => Date;
  log: Logger;
}

export interface Env {
  Variables: { device: Device; requestId: string };
}
