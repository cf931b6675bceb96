import { expect } from 'vitest';
import { type Database, inWorkspace } from '../../../server/store/database.ts';
import { tagOfKey } from '../../../server/store/tag.ts';
import type { CardRow } from '../../../utils/contract/card.ts';
import { type Command, type CommandResult, contactOf } from '../../../utils/contract/command.ts';
import { PackReader } from '../../../utils/replica/tags/pack-reader.ts';
import { TagStore } from '../../../utils/replica/tags/store.ts';
import { tagsOf } from '../../../utils/replica/tags/tag-bytes.ts';
import { waiting } from '../../../utils/sync/outbox.ts';
import type { Browser } from './browser.ts';
import { checkDisks, noteChanges, readChanges } from './check-disks.ts';
import type { Author, Ledger, Written } from './ledger.ts';
import { KEYS } from './people.ts';
import type { Office } from './place.ts';
import { Reference } from './reference.ts';
import type { ServerActs } from './server-acts.ts';

/** All that is known of what was done, when it is over. */
export interface Over {
  db: Database;
  office: Pick<Office, 'workspaceId'>;
  ledger: Ledger;
  browsers: Browser[];
  server: Pick<ServerActs, 'erased' | 'imported' | 'changes'>;
}

/** What the server holds when all is over, read past its own code. */
export type Held = Awaited<ReturnType<typeof read>>;

async function read({ db, office }: Over) {
  return inWorkspace(db, office.workspaceId, async (trx) => ({
    workspace: await trx.selectFrom('workspace').selectAll().executeTakeFirstOrThrow(),
    commands: await trx.selectFrom('command').selectAll().execute(),
    contacts: await trx.selectFrom('contact').selectAll().execute(),
    notes: await trx.selectFrom('note').selectAll().execute(),
    touches: await trx.selectFrom('touch').selectAll().execute(),
    tasks: await trx.selectFrom('task').selectAll().execute(),
    cards: await trx.selectFrom('card').selectAll().execute(),
    changes: await readChanges(trx),
    companies: await trx.selectFrom('company').select(['id', 'body']).execute(),
    key: await trx
      .selectFrom('tag_key')
      .selectAll()
      .where('since', 'is not', null)
      .where('until', 'is', null)
      .executeTakeFirstOrThrow(),
    tags: [
      ...(await trx.selectFrom('tag').select(['key_no', 'tag']).execute()),
      ...(await trx.selectFrom('company_tag').select(['key_no', 'tag']).execute()),
    ],
  }));
}

/** Throws where something was lost, done twice, out of order, or looks different somewhere. */
export async function check(story: Over): Promise<void> {
  const held = await read(story);
  noteChanges(story.server.changes, held.changes);
  for (const { errors } of story.browsers) expect(errors).toEqual([]);
  const results = new Map(held.commands.map(({ id, result }) => [id, result]));
  for (const written of story.ledger.all) if (written.acked) checkKept(written, results, story.server.erased);
  checkOrder(story.ledger.all, results);
  checkOnce(story, held, results);
  for (const browser of story.browsers) await checkCopy(browser, held);
  for (const browser of story.browsers) await checkTags(browser, held);
  const some = story.browsers[held.workspace.version % SOME];
  if (some) await checkSet(some, held);
  checkDisks(story.browsers, story.server.changes);
}

/** One browser of so many schedules is looked into whole. */
const SOME = 20;

type Results = Map<string, CommandResult | null>;

/** What a screen has called saved is applied, or waits beside its reason with every word of it. */
function checkKept({ by, command, over }: Written, results: Results, erased: Set<string>): void {
  if (over || erased.has(contactOf(command) ?? '')) return;
  const result = results.get(command.id);
  const queued = by.replica.queued.find((entry) => entry.command.id === command.id);
  if (result?.status === 'applied') {
    expect(queued, 'applied, and still in the outbox').toBe(undefined);
    return;
  }
  const { kind, payload } = command;
  expect(queued?.command, `lost: ${JSON.stringify({ command, result })}`).toMatchObject({ kind, payload });
  if (result?.status === 'refused') expect(queued?.refused?.reason).toBe(result.reason);
  else if (queued?.refused) expect(['role', 'invalid']).toContain(queued.refused.reason);
}

/** What one browser wrote about one contact was applied in that order. */
function checkOrder(all: Written[], results: Results): void {
  const last = new Map<string, number>();
  const mended = new Set(all.filter(({ over }) => over).map(({ by, command }) => keyOf(by, command)));
  for (const { by, command } of all) {
    const result = results.get(command.id);
    const key = keyOf(by, command);
    if (result?.status !== 'applied' || mended.has(key)) continue;
    expect(result.version, 'out of order').toBeGreaterThanOrEqual(last.get(key) ?? 0);
    last.set(key, result.version);
  }
}

const keyOf = (by: Author, command: Command) => `${by.seat.browserId} ${contactOf(command)}`;

/** The server holds what the applied commands come to: each of them once, and nothing else. */
function checkOnce({ ledger, server }: Over, held: Held, results: Results): void {
  const byId = new Map(ledger.all.map((written) => [written.command.id, written]));
  const applied = held.commands.flatMap(({ id, created_at }) => {
    const [result, written] = [results.get(id), byId.get(id)];
    expect(written, 'a command that nobody wrote').toBeDefined();
    if (result?.status !== 'applied' || !written) return [];
    return [{ ...written, version: result.version, at: created_at.getTime() }];
  });
  applied.sort((a, b) => a.version - b.version || a.at - b.at);
  const reference = new Reference();
  for (const { command, by, saw } of applied) reference.apply(command, by.seat.memberId, saw);
  expect(reference.lost, 'a text was written over unseen').toEqual([]);
  const there = new Set(held.contacts.map(({ id }) => id));
  for (const id of server.erased) expect(there.has(id), 'erased, and there').toBe(false);
  for (const [id, person] of reference.people) {
    if (server.erased.has(id)) continue;
    expect(there.has(id), 'a contact is lost').toBe(true);
    const notes = held.notes.filter((note) => note.contact_id === id);
    const own = notes.filter(({ beside_id }) => beside_id === null);
    expect(
      Object.fromEntries(
        own.map(({ id, text, pinned, revision, created_by }) => [
          id,
          { text, pinned, revision, authorId: created_by },
        ]),
      ),
    ).toEqual(Object.fromEntries(person.notes));
    const beside = notes.flatMap(({ beside_id, text, pinned, created_by }) =>
      beside_id === null ? [] : [{ noteId: beside_id, text, authorId: created_by, pinned }],
    );
    const byText = (a: { text: string }, b: { text: string }) => a.text.localeCompare(b.text);
    // One that was kept beside another is a note that can be edited in its turn.
    const edited = new Set(notes.filter(({ beside_id, revision }) => beside_id && revision > 1));
    if (edited.size === 0) expect(beside.sort(byText)).toEqual([...person.beside].sort(byText));
    const touches = held.touches.filter(({ contact_id }) => contact_id === id);
    expect(new Map(touches.flatMap((t) => (t.source === 'truce' ? [[t.id, t.subject]] : [])))).toEqual(
      new Map([...person.touches].map(([key, { subject }]) => [key, subject])),
    );
    const tasks = held.tasks.filter(({ contact_id }) => contact_id === id);
    expect(new Map(tasks.map((task) => [task.id, task.done_at !== null]))).toEqual(person.tasks);
    if (server.imported) continue;
    const contact = held.contacts.find((one) => one.id === id);
    expect([contact?.stage_id ?? undefined, contact?.revision]).toEqual([person.stageId, person.revision]);
  }
}

/** A browser holds what the server would answer, on disk and in memory, and nothing waits. */
async function checkCopy({ replica, box, sync, seat }: Browser, held: Held): Promise<void> {
  expect(sync.connection.state).toBe('online');
  expect(replica.meta.version).toBe(held.workspace.version);
  const behind = new Set(
    replica.queued.filter(({ refused }) => refused).map((one) => contactOf(one.command)),
  );
  for (const { command } of waiting(replica)) expect(behind).toContain(contactOf(command));
  const rows = new Map(held.cards.map(({ contact_id, ...row }) => [contact_id, row]));
  const onDisk = await box.disk.allCards();
  const inMemory = await replica.cards(onDisk.map(({ id }) => id));
  expect(onDisk.length, seat.role).toBeGreaterThan(0);
  for (const card of onDisk) {
    const row = rows.get(card.id);
    expect({ version: card.version, card: card.card }, 'not what the server has').toEqual({
      version: row?.version,
      card: row && (JSON.parse(row.body) as CardRow['card']),
    });
    expect(inMemory.get(card.id)).toEqual(card);
  }
  const companyIds = onDisk.map(({ card }) => card.contact.companyId).filter((id) => id !== undefined);
  const bodies = new Map(held.companies.map(({ id, body }) => [id, JSON.parse(body) as unknown]));
  for (const company of await box.disk.companies([...new Set(companyIds)]))
    expect(company, 'not the company that the server has').toEqual(bodies.get(company.id));
}

/** Its set of tags is the server's own set. */
async function checkTags({ replica }: Browser, { key, tags }: Held): Promise<void> {
  expect(replica.meta.tagKeyNo).toBe(key.key_no);
  const set = new Set(tags.filter(({ key_no }) => key_no === key.key_no).map(({ tag }) => Number(tag)));
  const expected = KEYS.filter((each) => set.has(tagOfKey(key.key, each)));
  expect([...(await replica.known(KEYS))].sort()).toEqual(expected.sort());
}

/** And so it is from the first to the last; reading all of it takes long. */
async function checkSet({ box }: Browser, { key, tags }: Held): Promise<void> {
  const set = new Set(tags.filter(({ key_no }) => key_no === key.key_no).map(({ tag }) => Number(tag)));
  const there = await box.disk.tags();
  if (!there) throw new Error('[model] a browser without a set of tags');
  const all: number[] = [];
  for await (const piece of new PackReader(await TagStore.of(there).fold()).tags())
    all.push(...tagsOf(piece));
  expect(all).toEqual([...set].sort((a, b) => a - b));
}
