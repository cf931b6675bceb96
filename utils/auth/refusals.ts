import * as v from 'valibot';
import { readAs } from '../contract/base.ts';
import type { Shelf } from './shelf.ts';

const NAME = 'refusals';
/** So many refusals, and ms between the first and the last of them, are no passing fault any more. */
const MANY = 3;
const LONG = 120_000;

const Refusals = v.object({ browserId: v.string(), count: v.number(), since: v.number() });

/**
 * Notes that the server refused the refresh token of a browser which, as it says itself, may still come in: it
 * was restored from a backup that does not know the token, or something is wrong for the moment.
 * @param now ms since epoch
 * @returns whether it has gone on for so long that only signing in again helps
 */
export async function noteRefusal(shelf: Shelf, browserId: string, now: number): Promise<boolean> {
  const read = readAs(Refusals, await shelf.get(NAME).catch(() => undefined));
  const before = read?.browserId === browserId ? read : undefined;
  const count = (before?.count ?? 0) + 1;
  // A clock that was set back begins again.
  const since = Math.min(before?.since ?? now, now);
  await shelf.set(NAME, { browserId, count, since }).catch(() => undefined);
  return count >= MANY && now - since >= LONG;
}

/** The server has taken a token: what it refused before is over. */
export const forgetRefusals = (shelf: Shelf): Promise<void> => shelf.remove(NAME).catch(() => undefined);
