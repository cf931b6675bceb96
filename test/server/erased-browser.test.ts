import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { prune } from '../../server/store/privacy/prune.ts';
import { draftHandlers } from '../../utils/background/draft.ts';
import { addTask, editContact, editNote, logTouch, pinNote } from '../../utils/commands.ts';
import type { Command } from '../../utils/contract/command.ts';
import { memoryDisk } from '../../utils/replica/memory-disk.ts';
import { Replica } from '../../utils/replica/replica.ts';
import { createApi } from '../../utils/sync/api.ts';
import { lookup } from '../../utils/sync/cards.ts';
import { round } from '../../utils/sync/round.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { privacyRig, TRACES } from './privacy-rig.ts';
import { createTeam, type Team } from './team.ts';

/** A browser that was away while somebody it holds was erased, and comes back to the real server. */
let database: TestDatabase;
let team: Team;
let rig: ReturnType<typeof privacyRig>;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  team = await createTeam(database.db);
  rig = privacyRig(database, team);
  await rig.become('admin');
});

const KEY = 'email:xanthippe@acme.example';

function browser() {
  const disk = memoryDisk();
  const replica = new Replica(async () => disk);
  const api = createApi(
    'http://server.test',
    async () => team.token,
    async (input, init) => {
      const { pathname, search } = new URL(String(input));
      const headers = Object.fromEntries(new Headers(init?.headers));
      const body = typeof init?.body === 'string' ? { body: init.body } : {};
      return team.request(pathname + search, { headers, ...body });
    },
  );
  const drafts = draftHandlers(replica, { locked: false });
  return {
    replica,
    meet: () => round({ replica, api, now: Date.now, changed: () => undefined }),
    find: () => lookup(replica, api, [KEY], Date.now),
    write: (command: Command) =>
      replica.append({ workspaceId: team.workspaceId, memberId: team.memberId, command }),
    type: (form: string, text: string) => drafts['draft.save']({ form, text }, { from: 'screen' }),
    /** Everything that would outlive the browser. */
    async disk(): Promise<string> {
      const { queued, shared, meta } = await disk.load();
      const forms = await disk.draftForms();
      const texts = await Promise.all(forms.map((form) => disk.draft(form)));
      return JSON.stringify({ queued, shared, meta, forms, texts, cards: await disk.allCards() });
    },
  };
}

const traces = (text: string) => TRACES.filter((word) => text.includes(word));

/** Holds the person, with something half typed and something unsent in every form. */
async function full(id: string) {
  const one = browser();
  await one.meet();
  await one.find();
  const card = (await one.replica.cards([id])).get(id)?.card;
  const noteId = card?.notes[0]?.id ?? '';
  const about = { contactId: id };
  for (const form of [`note:${id}`, `touch:${id}`, `task:${id}`, `stage:${id}:1`, `edit:${id}:${noteId}`])
    await one.type(form, 'Xanthippe half typed');
  await one.type('popup:7', 'about nobody yet');
  await one.write(pinNote({ ...about, text: 'Quixley, written on the train' }));
  await one.write(editNote(1, { ...about, noteId, text: 'Quixley, once more' }));
  await one.write(
    logTouch({
      ...about,
      kind: 'email',
      direction: 'out',
      at: new Date().toISOString(),
      subject: 'Zweistein',
    }),
  );
  await one.write(addTask({ ...about, text: 'Call Quixley', dueOn: '2026-12-24' }));
  await one.write(editContact(1, { ...about, doNotContact: true, reason: 'Xanthippe said so' }));
  expect(traces(await one.disk()).length).toBeGreaterThan(3);
  return one;
}

test('it drops card, keys, forms and unsent words; that something was refused stays to be seen', async () => {
  const id = await rig.fullPerson();
  const one = await full(id);
  await rig.erase(id);
  await one.meet();
  expect(traces(await one.disk())).toEqual([]);
  expect((await one.replica.cards([id])).size).toBe(0);
  expect((await one.replica.idsByKeys([KEY])).size).toBe(0);
  expect(await one.replica.known([KEY])).toEqual(new Set([KEY]));
  expect(one.replica.queued.map(({ command, refused }) => [command.kind, refused])).toEqual(
    ['note.pin', 'note.edit', 'touch.log', 'task.add', 'contact.edit'].map((kind) => [
      kind,
      { reason: 'gone', erased: true },
    ]),
  );
  expect(await one.replica.draftForms()).toEqual(['popup:7']);
  expect(await rig.rowsWith(TRACES)).toEqual([]);
  expect(one.replica.erased).toEqual(new Set([id]));
});

test('a form that is still open about them leaves nothing behind', async () => {
  const id = await rig.fullPerson();
  const one = await full(id);
  await rig.erase(id);
  await one.meet();
  await one.type(`note:${id}`, 'Xanthippe, typed on');
  expect(traces(await one.disk())).toEqual([]);
});

test('it does so too when it was away for longer than the feed goes back', async () => {
  const id = await rig.fullPerson();
  const one = await full(id);
  await rig.erase(id);
  await prune(database.db, team.workspaceId, new Date(Date.now() + 200 * 86_400_000));
  await one.meet();
  expect(traces(await one.disk())).toEqual([]);
  expect(one.replica.queued.every(({ refused }) => refused?.erased)).toBe(true);
});

test('a half-typed note goes though the card is not held, and a refused command though it was refused before', async () => {
  const id = await rig.fullPerson();
  const one = browser();
  await one.meet();
  await one.find();
  await one.type(`note:${id}`, 'Xanthippe half typed');
  await one.write(editContact(99, { contactId: id, consent: 'denied', reason: 'Quixley wrote a letter' }));
  await one.meet();
  expect(one.replica.queued[0]?.refused).toEqual({ reason: 'changed' });
  await one.replica.write({ dropCards: [id] });
  await rig.erase(id);
  await one.meet();
  expect(traces(await one.disk())).toEqual([]);
});

test('the one who erases sees them go at once, and a colleague on the next round', async () => {
  const id = await rig.fullPerson();
  const [one, two] = [await full(id), browser()];
  await two.meet();
  await two.find();
  await rig.erase(id);
  await one.replica.write({ erased: [id] });
  expect(traces(await one.disk())).toEqual([]);
  await two.meet();
  expect(traces(await two.disk())).toEqual([]);
});

test('a contact that is only gone, not erased, takes no unsent words along', async () => {
  const id = await rig.fullPerson();
  const one = await full(id);
  // As after a restore from a backup older than the contact.
  await database.asOwner('delete from contact where id = $1', [id]);
  await one.meet();
  const texts = JSON.stringify(one.replica.queued);
  expect(texts).toContain('Quixley, written on the train');
  expect(one.replica.queued[0]?.refused).toEqual({ reason: 'gone' });
  expect(await one.replica.draft(`note:${id}`)).toContain('half typed');
});

test('a newcomer whose adding was answered to nobody is not added again after being erased', async () => {
  const one = browser();
  await one.meet();
  const contactId = uuid();
  const command: Command = {
    ...{ id: uuid(), at: new Date().toISOString(), kind: 'contact.add' },
    payload: { contactId, name: 'Xanthippe Quixley', email: 'xanthippe@acme.example' },
  };
  await team.command(command);
  await one.write(command);
  await rig.erase(contactId);
  await prune(database.db, team.workspaceId, new Date(Date.now() + 200 * 86_400_000));
  await one.meet();
  expect(await rig.rowsWith(TRACES)).toEqual([]);
  expect(traces(await one.disk())).toEqual([]);
});
