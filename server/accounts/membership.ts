import { readStandings, type Standing } from '../store/browser.ts';
import { noteUse } from '../store/browser-list.ts';
import { type Database, inWorkspace } from '../store/database.ts';
import type { Bearer } from './access-token.ts';
import { gather } from './gather.ts';

/** ms for which an answer holds: how long somebody who was removed may still be let in. */
const FRESH = 30_000;
const HELD_MAX = 20_000;
/** ms between two notes that a browser was here. */
const NOTE_EVERY = 300_000;

export interface Memberships {
  standing(bearer: Bearer): Promise<Standing>;
  /**
   * After a change on this server: it is in force here at once, on others within 30 s.
   * @param workspaceId absent: of all workspaces
   */
  forget(workspaceId?: string): void;
}

/** Whether tokens' members and browsers are still let in, asked of the database at most every 30 s for each. */
export function memberships(db: Database, now: () => number = Date.now): Memberships {
  const held = new Map<string, { at: number; standing: Promise<Standing> }>();
  const noted = new Map<string, number>();

  const askOne = gather((workspaceId, ids) =>
    inWorkspace(db, workspaceId, (trx) => readStandings(trx, workspaceId, ids)),
  );
  const noteOne = gather<void>(async (workspaceId, ids) => {
    await inWorkspace(db, workspaceId, (trx) => noteUse(trx, workspaceId, ids));
    return new Map();
  });

  /** Beside the request, which does not wait for it; when it fails, the next answer is soon enough. */
  const note = (key: string, workspaceId: string, browserId: string) => {
    if (now() - (noted.get(key) ?? Number.NEGATIVE_INFINITY) < NOTE_EVERY) return;
    if (noted.size >= HELD_MAX) noted.clear();
    noted.set(key, now());
    noteOne(workspaceId, browserId).catch(() => noted.delete(key));
  };

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
        const standing = askOne(workspaceId, browserId).then((found): Standing => found ?? 'ended');
        const entry = { at: now(), standing };
        held.set(key, entry);
        // A failure is nobody's answer: the next request asks again.
        entry.standing.then(
          (standing) => typeof standing === 'object' && note(key, workspaceId, browserId),
          () => held.get(key) === entry && held.delete(key),
        );
        return entry;
      }
    },
    forget(workspaceId) {
      for (const key of held.keys()) if (key.startsWith(workspaceId ?? '')) held.delete(key);
    },
  };
}
