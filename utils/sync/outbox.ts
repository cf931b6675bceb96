import { COMMANDS_MAX, type CommandResult } from '../contract/command.ts';
import type { Queued } from '../replica/disk.ts';
import { ownQueued } from '../replica/own.ts';
import type { Replica } from '../replica/replica.ts';
import { Trouble } from '../trouble.ts';
import type { Api } from './api.ts';
import { refetch } from './cards.ts';

/** Commands of this person and workspace that the server has not decided on, in order. */
export function waiting(replica: Replica): Queued[] {
  return ownQueued(replica).filter(({ refused }) => !refused);
}

/**
 * Sends what waits, in order, until nothing does. A command leaves the outbox in the transaction that
 * brings the card it made, so that the screen never shows the time before. One whose answer was lost is
 * sent again and gets its first result.
 */
export async function push(
  replica: Replica,
  api: Api,
  now: () => number,
  changed: () => void,
): Promise<void> {
  let size = COMMANDS_MAX;
  for (;;) {
    const batch = waiting(replica).slice(0, size);
    if (batch.length === 0) return;
    let results: CommandResult[];
    try {
      results = await api.commands(batch.map(({ command }) => command));
    } catch (error) {
      const code = error instanceof Trouble ? error.code : undefined;
      if (code !== 'invalid' && code !== 'forbidden') throw error;
      if (code === 'invalid' && batch.length > 1) {
        // One of them can't be read by the server: find it by sending them singly.
        size = 1;
        continue;
      }
      // A person who may no longer write keeps the words, to be sent again or copied.
      const reason = code === 'forbidden' ? 'role' : code;
      results = batch.map(({ command }) => ({ id: command.id, status: 'refused', reason }));
    }
    await settle(replica, api, batch, results, now);
    changed();
  }
}

async function settle(
  replica: Replica,
  api: Api,
  batch: Queued[],
  results: CommandResult[],
  now: () => number,
): Promise<void> {
  const byId = new Map(results.map((result) => [result.id, result]));
  const decided = batch.filter(({ command }) => byId.has(command.id));
  if (decided.length === 0) throw new Trouble('strange', 'The server did not say what became of a change.');
  const contactIds = decided.map(({ command }) => command.payload.contactId);
  const fresh = await refetch(replica, api, contactIds, now);
  const dropQueued: number[] = [];
  const queued: Queued[] = [];
  const stillThere = new Set(replica.queued.map(({ seq }) => seq));
  for (const entry of decided) {
    const result = byId.get(entry.command.id);
    if (result?.status === 'applied') dropQueued.push(entry.seq);
    if (result?.status !== 'refused' || !stillThere.has(entry.seq)) continue;
    const { reason, contactIds: others } = result;
    queued.push({ ...entry, refused: { reason, ...(others && { contactIds: others }) } });
  }
  await replica.write({ ...fresh, dropQueued, queued });
  const added = new Set(
    decided
      .filter(({ command }) => command.kind === 'contact.add')
      .map(({ command }) => command.payload.contactId),
  );
  if (added.size > 0) {
    const cards = (fresh.cards ?? []).filter(({ id }) => added.has(id));
    await replica.addTags(cards.flatMap(({ keys }) => keys));
  }
}
