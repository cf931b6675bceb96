import { contactOf } from '../contract/command.ts';
import type { Queued } from './disk.ts';

/**
 * What was written about somebody whom the server would not add: it waits until that is mended or given up, since
 * without them it would be refused as well.
 * @param queued in order
 * @returns by the place of the refused `contact.add`
 */
export function heldBack(queued: Queued[]): Map<number, Queued[]> {
  const refusedAt = new Map<string, number>();
  const behind = new Map<number, Queued[]>();
  for (const entry of queued) {
    const { command, refused, seq } = entry;
    const contactId = contactOf(command);
    if (contactId === undefined) continue;
    if (command.kind === 'contact.add') {
      if (refused) refusedAt.set(contactId, seq);
      else refusedAt.delete(contactId);
      continue;
    }
    const at = refusedAt.get(contactId);
    if (at === undefined || refused) continue;
    behind.set(at, [...(behind.get(at) ?? []), entry]);
  }
  return behind;
}
