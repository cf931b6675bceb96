import { expect, test } from 'vitest';
import { addContact, pinNote, proposeDefinition, withdrawProposal } from '../../../utils/commands.ts';
import { type Command, type CommandResult, contactOf } from '../../../utils/contract/command.ts';
import { memoryDisk } from '../../../utils/replica/memory-disk.ts';
import { Replica } from '../../../utils/replica/replica.ts';
import { type Api, createApi } from '../../../utils/sync/api.ts';
import { push, sendable } from '../../../utils/sync/outbox.ts';
import { Trouble } from '../../../utils/trouble.ts';
import { idOf } from '../replica/samples.ts';

const [ann, bob] = [idOf(1), idOf(2)];
const note = (contactId: string, text: string) => pinNote({ contactId, text });
const textOf = ({ kind, payload }: Command) => ('text' in payload && payload.text) || kind;

/** An outbox and a server that answers each command as told; `undefined`: it does not decide that one. */
async function setUp(commands: Command[], decide: (command: Command) => CommandResult | undefined | Error) {
  const replica = new Replica(async () => memoryDisk());
  await replica.write({ meta: { workspaceId: 'w', me: 'm', server: 's' } });
  for (const command of commands) await replica.append({ workspaceId: 'w', server: 's', command });
  const sent: string[][] = [];
  const api = {
    ...createApi('http://none', async () => ''),
    cards: async () => ({ rows: [], unreadable: [], erased: [] }),
    shared: async () => ({ version: 1, stages: [], members: [], campaigns: [], types: [] }),
    commands: async (all: Command[]) => {
      sent.push(all.map(textOf));
      const results = all.map(decide);
      const failure = results.find((result) => result instanceof Error);
      if (failure) throw failure;
      return results.filter((result) => result !== undefined && !(result instanceof Error));
    },
  } as Api;
  let time = 1_000_000;
  return {
    replica,
    sent,
    left: () => replica.queued.map(({ command }) => textOf(command)),
    pass: (ms: number) => {
      time += ms;
    },
    push: () =>
      push(
        replica,
        api,
        () => time,
        () => undefined,
      ),
  };
}
const applied = ({ id }: Command): CommandResult => ({ id, status: 'applied', version: 1 });
const failed = () => new Trouble('offline', 'the server failed');

test('what was written about somebody who is added goes after them, and waits when they are not', async () => {
  const add = addContact({ contactId: ann, name: 'Ann' });
  const box = await setUp([add, note(ann, 'of ann'), note(bob, 'of bob'), note(ann, 'again')], (command) =>
    command.kind === 'contact.add'
      ? { id: command.id, status: 'refused', reason: 'alike', contactIds: [bob] }
      : applied(command),
  );
  await box.push();
  expect(box.sent).toEqual([['contact.add', 'of bob']]);
  expect(box.left()).toEqual(['contact.add', 'of ann', 'again']);
  expect(sendable(box.replica)).toEqual([]);

  // Mended in its place, all of it goes in the order in which it was written.
  const [refused] = box.replica.queued;
  if (!refused) throw new Error('nothing refused');
  const { refused: _, ...entry } = refused;
  await box.replica.write({ queued: [{ ...entry, command: note(bob, 'instead') }] });
  await box.push();
  expect(box.sent.slice(1)).toEqual([['instead', 'of ann', 'again']]);
});

test('one that is refused holds up nobody, not even its own contact', async () => {
  const box = await setUp([note(ann, 'bad'), note(ann, 'good'), note(bob, 'good too')], (command) =>
    textOf(command) === 'bad' ? { id: command.id, status: 'refused', reason: 'invalid' } : applied(command),
  );
  await box.push();
  expect(box.left()).toEqual(['bad']);
});

test('one that is not decided keeps back its own contact, ever longer, and nobody else', async () => {
  const box = await setUp([note(ann, 'stuck'), note(ann, 'after it'), note(bob, 'free')], (command) =>
    contactOf(command) === ann ? undefined : applied(command),
  );
  await box.push();
  expect(box.left()).toEqual(['stuck', 'after it']);
  box.sent.length = 0;
  await box.push();
  expect(box.sent, 'not at once again').toEqual([]);
  box.pass(31_000);
  await box.push();
  expect(box.sent).toEqual([['stuck', 'after it']]);
});

test('a server that fails at one of them gets the others all the same', async () => {
  const box = await setUp(
    [note(ann, 'poison'), note(bob, 'one'), note(ann, 'after it'), note(bob, 'two')],
    (command) => (textOf(command) === 'poison' ? failed() : applied(command)),
  );
  await box.push();
  expect(box.left()).toEqual(['poison', 'after it']);
});

test('a server that fails at everything is soon left alone', async () => {
  const all = Array.from({ length: 9 }, (_, index) => note(idOf(index + 1), `${index}`));
  const box = await setUp(all, failed);
  await expect(box.push()).rejects.toMatchObject({ code: 'offline' });
  expect(box.sent.length).toBeLessThan(6);
  expect(box.left()).toHaveLength(9);
});

test.each([
  ['out of reach', new Trouble('offline', 'network', { cause: new TypeError('network') })],
  ['asking for a rest', new Trouble('offline', 'busy', { retryAfter: 5000 })],
])('a server that is %s is asked once', async (_, trouble) => {
  const box = await setUp([note(ann, 'a'), note(bob, 'b')], () => trouble);
  await expect(box.push()).rejects.toBe(trouble);
  expect(box.sent).toHaveLength(1);
});

test('what is about a proposal is a queue of its own, and brings the shared records', async () => {
  const draft = { label: 'New', team: 'sales' } as const;
  const propose = proposeDefinition(0, { definitionId: ann, about: 'stage', draft });
  const { proposalId } = propose.payload;
  const all = [propose, withdrawProposal({ proposalId }), note(ann, 'free')];
  let decides = false;
  const box = await setUp(all, (command) =>
    contactOf(command) === undefined && !decides ? undefined : applied(command),
  );
  await box.push();
  expect(box.left()).toEqual(['definition.propose', 'proposal.withdraw']);
  expect(box.replica.shared).toBeUndefined();
  decides = true;
  box.pass(3_600_000);
  await box.push();
  expect(box.left()).toEqual([]);
  expect(box.replica.shared?.types).toEqual([]);
});

test('what a proposal contradicts is kept beside it', async () => {
  const contradiction = { with: 'label', definitionId: bob } as const;
  const draft = { label: 'New', team: 'sales' } as const;
  const propose = proposeDefinition(0, { definitionId: ann, about: 'stage', draft });
  const box = await setUp([propose], ({ id }) => ({
    id,
    status: 'refused',
    reason: 'contradicts',
    contradiction,
  }));
  await box.push();
  expect(box.replica.queued[0]?.refused).toEqual({ reason: 'contradicts', contradiction });
});
