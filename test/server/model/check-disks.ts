import { expect } from 'vitest';
import type { Trx } from '../../../server/store/database.ts';
import type { Browser } from './browser.ts';

/** What the feed says of cards. */
export const readChanges = (trx: Trx) =>
  trx.selectFrom('change').select(['id', 'version']).where('kind', '=', 'card').execute();

/** The feed forgets, and what lay on a disk must fit it all the same. */
export function noteChanges(
  changes: Map<string, number[]>,
  said: Awaited<ReturnType<typeof readChanges>>,
): void {
  for (const { id, version } of said) changes.set(id, [...(changes.get(id) ?? []), version]);
}

/**
 * At no moment did a disk say that it has all changes up to a version while one of its cards was older than what had
 * changed by then: whenever a worker dies, the next one goes on from there.
 * @param changes versions at which the feed said that a card changed, by contact
 */
export function checkDisks(browsers: Browser[], changes: Map<string, number[]>): void {
  for (const { box } of browsers) {
    for (const { version, cards } of box.looks.splice(0)) {
      for (const [id, held] of cards) {
        const told = (changes.get(id) ?? []).filter((each) => each <= version);
        expect(held, `a change was skipped at ${version}`).toBeGreaterThanOrEqual(Math.max(0, ...told));
      }
    }
  }
}
