import { readStanding, type Standing } from '../store/browser.ts';
import { type Database, inWorkspace } from '../store/database.ts';
import type { Bearer } from './access-token.ts';

/** ms for which an answer holds: how long somebody who was removed may still be let in. */
const FRESH = 30_000;
const HELD_MAX = 20_000;

export interface Memberships {
  standing(bearer: Bearer): Promise<Standing>;
  /** After a change on this server: it is in force here at once, on others within 30 s. */
  forget(): void;
}

/** Whether tokens' members and browsers are still let in, asked of the database at most every 30 s for each. */
export function memberships(db: Database, now: () => number = Date.now): Memberships {
  const held = new Map<string, { at: number; standing: Promise<Standing> }>();
  return {
    standing({ workspaceId, browserId, memberId }) {
      const key = `${workspaceId} ${browserId}`;
      const known = held.get(key);
      const mine = known && now() - known.at < FRESH ? known : ask();
      return mine.standing.then((standing) =>
        typeof standing === 'object' && standing.member.id !== memberId ? 'ended' : standing,
      );

      function ask() {
        if (held.size >= HELD_MAX) held.clear();
        const entry = {
          at: now(),
          standing: inWorkspace(db, workspaceId, (trx) => readStanding(trx, workspaceId, browserId)),
        };
        held.set(key, entry);
        // A failure is nobody's answer: the next request asks again.
        entry.standing.catch(() => held.get(key) === entry && held.delete(key));
        return entry;
      }
    },
    forget: () => held.clear(),
  };
}
