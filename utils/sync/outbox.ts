import { COMMANDS_MAX, type CommandResult, contactOf, subjectOf } from '../contract/command.ts';
import type { Queued } from '../replica/disk.ts';
import { heldBack } from '../replica/held-back.ts';
import { ownQueued } from '../replica/own.ts';
import type { Replica } from '../replica/replica.ts';
import { Trouble } from '../trouble.ts';
import type { Api } from './api.ts';
import { refetch } from './cards.ts';
import { HeldUp } from './held-up.ts';
import { editedBy, rebased } from './stands-on.ts';

/** After so many failures in a row it is the server, and not what is sent. */
const FAILURES_MAX = 3;

/** Commands of this person and workspace that the server has not decided on, in order. */
export function waiting(replica: Replica): Queued[] {
  return ownQueued(replica).filter(({ refused }) => !refused);
}

/** Of what waits, all that can be sent: what was written about somebody who was refused waits for that to be mended. */
export function sendable(replica: Replica): Queued[] {
  const behind = new Set([...heldBack(ownQueued(replica)).values()].flat().map(({ seq }) => seq));
  return waiting(replica).filter(({ seq }) => !behind.has(seq));
}

/**
 * The next to be sent, in order. What is about somebody who is being added goes once that is decided, and an edit
 * that was written on top of another one once that one is.
 */
function nextOf(queued: Queued[], heldUp: HeldUp, size: number): Queued[] {
  const closed = new Set<string>();
  const open = new Set<string>();
  const batch: Queued[] = [];
  for (const entry of queued) {
    const subject = subjectOf(entry.command);
    if (batch.length === size) break;
    if (closed.has(subject) || heldUp.has(subject)) continue;
    const edited = editedBy(entry.command);
    if (edited !== undefined && open.has(edited)) {
      closed.add(subject);
      continue;
    }
    if (edited !== undefined) open.add(edited);
    if (entry.command.kind === 'contact.add') closed.add(subject);
    batch.push(entry);
  }
  return batch;
}

/**
 * Sends what waits, in order, until nothing does. A command leaves the outbox in the transaction that
 * brings the card or the shared records that it made, so that the screen never shows the time before. One whose answer was lost is
 * sent again and gets its first result. One that the server fails at keeps back its own contact's, and nobody
 * else's.
 */
export async function push(
  replica: Replica,
  api: Api,
  now: () => number,
  changed: () => void,
): Promise<void> {
  const heldUp = new HeldUp(replica, now);
  let size = COMMANDS_MAX;
  let failures = 0;
  for (;;) {
    const batch = nextOf(sendable(replica), heldUp, size);
    const [first] = batch;
    if (!first) return;
    let results: CommandResult[];
    try {
      results = await api.commands(batch.map(({ command }) => command));
    } catch (error) {
      if (isFailure(error) && failures < FAILURES_MAX) {
        // It may be one of them: find it by sending them singly.
        if (batch.length === 1) {
          failures += 1;
          heldUp.note(subjectOf(first.command));
        }
        size = 1;
        continue;
      }
      const code = error instanceof Trouble ? error.code : undefined;
      if (code !== 'invalid' && code !== 'forbidden') throw error;
      if (code === 'invalid' && batch.length > 1) {
        // One of them can't be read by the server.
        size = 1;
        continue;
      }
      // A person who may no longer write keeps the words, to be sent again or copied.
      const reason = code === 'forbidden' ? 'role' : code;
      results = batch.map(({ command }) => ({ id: command.id, status: 'refused', reason }));
    }
    const decided = new Set(results.map(({ id }) => id));
    failures = batch.some(({ command }) => decided.has(command.id)) ? 0 : failures + 1;
    if (failures > FAILURES_MAX)
      throw new Trouble('strange', 'The server says of nothing what became of it.');
    await settle(replica, api, batch, results, now);
    for (const { command } of batch) {
      if (decided.has(command.id)) heldUp.clear(subjectOf(command));
    }
    for (const { command } of batch) if (!decided.has(command.id)) heldUp.note(subjectOf(command));
    changed();
  }
}

/** The server answered, but could not do it, and did not ask to be left alone. */
function isFailure(error: unknown): boolean {
  return (
    error instanceof Trouble &&
    error.code === 'offline' &&
    error.cause === undefined &&
    error.retryAfter === 0
  );
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
  if (decided.length === 0) return;
  const contactIds = decided.flatMap(({ command }) => contactOf(command) ?? []);
  const sharedToo = decided.some(({ command }) => contactOf(command) === undefined);
  const before = await replica.cards(contactIds);
  const fresh = {
    ...(await refetch(replica, api, contactIds, now)),
    ...(sharedToo && { shared: await api.shared() }),
  };
  const after = new Map((fresh.cards ?? []).map((card) => [card.id, card]));
  const dropQueued: number[] = [];
  const queued: Queued[] = [];
  const stillThere = new Set(replica.queued.map(({ seq }) => seq));
  for (const entry of decided) {
    const result = byId.get(entry.command.id);
    if (result?.status === 'applied') dropQueued.push(entry.seq);
    const applied = result?.status === 'applied';
    const contactId = contactOf(entry.command) ?? '';
    const cards = { before: before.get(contactId)?.card, after: after.get(contactId)?.card };
    queued.push(...rebased({ entry, applied, ...cards }, ownQueued(replica)));
    if (result?.status !== 'refused' || !stillThere.has(entry.seq)) continue;
    const { reason, contactIds: others, contradiction } = result;
    const what = { ...(others && { contactIds: others }), ...(contradiction && { contradiction }) };
    queued.push({ ...entry, refused: { reason, ...what } });
  }
  await replica.write({ ...fresh, dropQueued, queued });
  const added = new Set(
    decided
      .filter(({ command }) => command.kind === 'contact.add' || command.kind === 'contact.identify')
      .map(({ command }) => contactOf(command)),
  );
  if (added.size > 0) {
    const cards = (fresh.cards ?? []).filter(({ id }) => added.has(id));
    await replica.addTags(cards.flatMap(({ keys }) => keys));
  }
}
