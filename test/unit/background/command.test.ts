import { expect, test, vi } from 'vitest';
import { commandHandlers } from '../../../utils/background/command.ts';
import { addContact, pinNote } from '../../../utils/commands.ts';
import { type Command, contactOf } from '../../../utils/contract/command.ts';
import { memoryDisk } from '../../../utils/replica/memory-disk.ts';
import { Replica } from '../../../utils/replica/replica.ts';
import type { Sync } from '../../../utils/sync/sync.ts';
import { idOf } from '../replica/samples.ts';

const [ann, bob] = [idOf(1), idOf(2)];
const add = addContact({ contactId: ann, name: 'Ann', email: 'ann@acme.example' });
const notes = ['one', 'two'].map((text) => pinNote({ contactId: ann, text }));
const other = pinNote({ contactId: bob, text: 'of bob' });

/** Somebody who was not added, and what was written about her and somebody else since. */
async function setUp() {
  const disk = memoryDisk();
  const replica = new Replica(async () => disk);
  await replica.write({ meta: { workspaceId: 'w', me: 'm', server: 's' } });
  for (const command of [add, notes[0], other, notes[1]]) {
    if (command) await replica.append({ workspaceId: 'w', memberId: 'm', server: 's', command });
  }
  const [first] = replica.queued;
  if (first) await replica.write({ queued: [{ ...first, refused: { reason: 'taken', contactIds: [bob] } }] });
  const sync = { wake: vi.fn(async () => undefined) } as unknown as Sync;
  const screen = { from: 'screen' } as const;
  const handlers = commandHandlers(replica, sync, () => undefined);
  return {
    ...{ replica, disk },
    screen,
    handlers,
    left: async () =>
      (await disk.load()).queued.map(({ command, refused }) => [told(command), refused?.reason]),
  };
}
const told = (command: Command) =>
  `${('text' in command.payload && command.payload.text) || command.kind} ${contactOf(command)}`;

test('another attempt takes the place of the refused one, before all that was written after it', async () => {
  const { handlers, screen, left } = await setUp();
  const again = addContact({ contactId: ann, name: 'Ann', email: 'ann.lee@acme.example' });
  await handlers['command.replace']({ id: add.id, command: again }, screen);
  expect(await left()).toEqual([
    [`contact.add ${ann}`, undefined],
    [`one ${ann}`, undefined],
    [`of bob ${bob}`, undefined],
    [`two ${ann}`, undefined],
  ]);
});

test('what was given up on another screen meanwhile is asked for all the same', async () => {
  const { handlers, screen, left } = await setUp();
  await handlers['command.discard']({ id: add.id }, screen);
  await handlers['command.replace'](
    { id: add.id, command: pinNote({ contactId: bob, text: 'late' }) },
    screen,
  );
  expect(await left()).toEqual([
    [`of bob ${bob}`, undefined],
    [`late ${bob}`, undefined],
  ]);
});

test('what waits behind it can be given to the one who is there, as commands that nobody has seen', async () => {
  const { handlers, screen, left, replica } = await setUp();
  await handlers['command.move']({ id: add.id, contactId: bob }, screen);
  expect(await left()).toEqual([
    [`one ${bob}`, undefined],
    [`of bob ${bob}`, undefined],
    [`two ${bob}`, undefined],
  ]);
  expect(replica.queued.map(({ command }) => command.id)).not.toContain(notes[0]?.id);
});

test('what is saved leaves its form with the same stroke; what is not saved stays in it', async () => {
  const { handlers, screen, replica, disk } = await setUp();
  await replica.saveDraft('popup:1', 'Hello');
  const { append } = disk;
  disk.append = () => Promise.reject(new DOMException('no room', 'QuotaExceededError'));
  const command = pinNote({ contactId: ann, text: 'Hello' });
  const write = () => handlers['command.write']({ command, form: 'popup:1' }, screen);
  await expect(write()).rejects.toMatchObject({ code: 'full' });
  expect(await replica.draft('popup:1')).toBe('Hello');
  disk.append = append;
  await write();
  expect(await replica.draft('popup:1')).toBe('');
});

test('what is written as its person signs out does not outlive that', async () => {
  const { handlers, screen, replica, disk } = await setUp();
  const { append } = disk;
  disk.append = async (entry) => {
    const added = await append(entry);
    await replica.write({ clear: true, clearOwn: true });
    return added;
  };
  const written = handlers['command.write']({ command: pinNote({ contactId: ann, text: 'late' }) }, screen);
  await expect(written).rejects.toMatchObject({ code: 'signed-out' });
  expect(replica.queued).toEqual([]);
  expect((await disk.load()).queued).toEqual([]);
});

test('a refused one leaves the queue as its words are kept in a form, or stays there', async () => {
  const { handlers, screen, left, replica, disk } = await setUp();
  const [, pinned] = replica.queued;
  if (pinned) await replica.write({ queued: [{ ...pinned, refused: { reason: 'role' } }] });
  const before = await left();
  const mend = () =>
    handlers['command.mend']({ id: notes[0]?.id ?? '', form: `note:${ann}`, text: 'one' }, screen);
  const { write } = disk;
  disk.write = () => Promise.reject(new DOMException('no room', 'QuotaExceededError'));
  await expect(mend()).rejects.toMatchObject({ code: 'full' });
  expect([await left(), await replica.draft(`note:${ann}`)]).toEqual([before, '']);
  disk.write = write;
  await mend();
  expect(await left()).toHaveLength(before.length - 1);
  expect(await replica.draft(`note:${ann}`)).toBe('one');
  // Asked for again, since the answer was lost: what is typed there now stays.
  await replica.saveDraft(`note:${ann}`, 'one and a half');
  await mend();
  expect(await replica.draft(`note:${ann}`)).toBe('one and a half');
});

test('of somebody who was erased meanwhile, nothing is put into a form', async () => {
  const { handlers, screen, replica } = await setUp();
  await replica.write({ erased: [bob] });
  const mend = handlers['command.mend']({ id: other.id, form: `note:${bob}`, text: 'of bob' }, screen);
  await expect(mend).rejects.toMatchObject({ code: 'gone' });
  expect(await replica.draft(`note:${bob}`)).toBe('');
});

test('discarded with it goes what waits behind it, and nothing that may be on its way', async () => {
  const { handlers, screen, left } = await setUp();
  await handlers['command.discard']({ id: other.id }, screen);
  expect(await left()).toHaveLength(4);
  await handlers['command.discard']({ id: add.id }, screen);
  expect(await left()).toEqual([[`of bob ${bob}`, undefined]]);
});
