import { Id, Instant } from '../base.ts';

/** What every command has. */
export const envelope = { id: Id, /** When its author gave it, by the author's clock. */ at: Instant };
