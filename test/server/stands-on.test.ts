import { afterAll, beforeAll, expect, test } from 'vitest';
import { editContact, editNote, pinNote } from '../../utils/commands.ts';
import type { Command } from '../../utils/contract/command.ts';
import { memoryDisk } from '../../utils/replica/memory-disk.ts';
import { overlay } from '../../utils/replica/overlay.ts';
import { Replica } from '../../utils/replica/replica.ts';
import { createApi } from '../../utils/sync/api.ts';
import { refetch } from '../../utils/sync/cards.ts';
import { push } from '../../utils/sync/outbox.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { createTeam, type Team } from './team.ts';

/** Edits that were written offline, one on top of the other, while somebody else edited the same. */
let database: TestDatabase;
let team: Team;
let contactId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  team = await createTeam(database.db);
  contactId = await team.add('Ann Lee', { email: 'ann@acme.example' });
});
afterAll(() => database.drop());

async function browser() {
  const replica = new Replica(async () => memoryDisk());
  await replica.write({ meta: { server: 's', workspaceId: team.workspaceId, me: team.memberId } });
  const sent: string[] = [];
  const api = createApi(
    'http://server.test',
    async () => team.token,
    async (input, init) => {
      const { pathname, search } = new URL(String(input));
      sent.push(pathname);
      const headers = Object.fromEntries(new Headers(init?.headers));
      const body = typeof init?.body === 'string' ? init.body : undefined;
      return team.request(pathname + search, { headers, ...(body !== undefined && { body }) });
    },
  );
  await replica.write(await refetch(replica, api, [contactId], Date.now));
  return {
    replica,
    sent,
    async card() {
      const held = (await replica.cards([contactId])).get(contactId)?.card;
      const { card } = overlay(
        held,
        replica.queued.filter(({ refused }) => !refused).map(({ command }) => command),
        undefined,
      );
      if (!card) throw new Error('no card');
      return card;
    },
    write: (command: Command) => replica.append({ server: 's', workspaceId: team.workspaceId, command }),
    push: () => push(replica, api, Date.now, () => undefined),
  };
}

const textsOf = async (one: Awaited<ReturnType<typeof browser>>) =>
  (await one.card()).notes.map(({ text }) => text).sort();

async function pinned(text: string): Promise<string> {
  const command = pinNote({ contactId, text });
  await team.command(command);
  return command.payload.noteId;
}

/** Edits the note twice without the server. */
async function editTwice(one: Awaited<ReturnType<typeof browser>>, noteId: string, texts: string[]) {
  for (const text of texts) {
    const note = (await one.card()).notes.find(({ id }) => id === noteId);
    await one.write(editNote(note?.revision ?? 0, { noteId, contactId, text }));
  }
}

test("a second edit does not write over a colleague's text that it has not seen", async () => {
  const noteId = await pinned('first');
  const one = await browser();
  await editTwice(one, noteId, ['mine', 'mine, mended', 'mine, mended again']);
  await team.command(editNote(1, { noteId, contactId, text: 'of a colleague' }));
  await one.push();
  expect(one.replica.queued).toEqual([]);
  expect(await textsOf(one)).toEqual(
    expect.arrayContaining(['of a colleague', 'mine', 'mine, mended again']),
  );
});

test('a second edit fits the first one where nobody else was there', async () => {
  const noteId = await pinned('alone');
  const one = await browser();
  await editTwice(one, noteId, ['alone, mended', 'alone, mended again']);
  const before = one.sent.length;
  await one.push();
  expect(one.sent.slice(before).filter((path) => path === '/v1/commands')).toHaveLength(2);
  const texts = (await textsOf(one)).filter((text) => text.startsWith('alone'));
  expect(texts).toEqual(['alone, mended again']);
});

test('after an edit of the contact that was refused, the one on top of it is refused too', async () => {
  const one = await browser();
  for (const stageId of team.stageIds) {
    await one.write(editContact((await one.card()).contact.revision, { contactId, stageId }));
  }
  const ownerId = team.memberId;
  await team.command(editContact((await one.card()).contact.revision - 2, { contactId, ownerId }));
  await one.push();
  expect(one.replica.queued.map(({ refused }) => refused?.reason)).toEqual(['changed', 'changed']);
});
