import { expect, test } from 'vitest';
import { forgetRefusals, noteRefusal } from '../../../utils/auth/refusals.ts';
import { memoryShelf } from '../../../utils/auth/shelf.ts';
import { Sync } from '../../../utils/sync/sync.ts';
import { cardOf, heldOf, idOf } from '../replica/samples.ts';
import { signedIn, signIn } from './worker.ts';

const ann = heldOf(cardOf(idOf(10), 'Ann Lee', 'ann@acme.example'));
const command = {
  ...{ id: idOf(70), at: '2026-03-02T10:00:00.000Z', kind: 'note.pin' as const },
  payload: { noteId: idOf(71), contactId: ann.id, text: 'Hello' },
};

test('a server that refuses for good what it has not ended: one is told to sign in again, and loses nothing', async () => {
  let now = 1_000_000;
  const { provider, worker, shelf, disk, another } = await signedIn(() => now);
  const { memberId, workspaceId } = provider;
  await worker.replica.write({ cards: [ann], meta: { ...worker.replica.meta, version: 7, inStepAt: 5 } });
  await worker.replica.append({ workspaceId, memberId, command });
  await shelf.remove('access');
  provider.forgetful = true;
  // Each time another worker: the background is ended between two rounds.
  const state = async () => {
    const { replica, auth } = another();
    const { fetch } = provider;
    const sync = new Sync({ replica, auth, fetch, onChange: () => undefined, now: () => now });
    await sync.wake();
    return sync.connection.state;
  };
  for (let round = 0; round < 5; round += 1) expect(await state()).toBe('denied');
  now += 119_000;
  expect(await state()).toBe('denied');
  now += 1000;
  expect(await state()).toBe('signed-out');
  const copy = await disk.load();
  expect(copy.queued).toMatchObject([{ command }]);
  expect(copy.meta).toMatchObject({ inStepAt: 5, version: 7 });
  expect(copy.meta.ended).toBeUndefined();
  expect(await disk.grant()).toBeDefined();
  expect((await disk.allCards()).map(({ id }) => id)).toEqual([ann.id]);

  const back = another();
  await signIn(back, provider);
  provider.forgetful = false;
  expect(await back.replica.cardIds()).toEqual([ann.id]);
  expect(back.replica.queued).toHaveLength(1);
});

test('one that takes a token again has refused nothing', async () => {
  let now = 1_000_000;
  const { provider, worker, shelf } = await signedIn(() => now);
  const ask = async () => {
    await shelf.remove('access');
    return worker.auth.token().catch((error: { code: string }) => error.code);
  };
  provider.forgetful = true;
  expect([await ask(), await ask()]).toEqual(['denied', 'denied']);
  now += 300_000;
  provider.forgetful = false;
  await ask();
  provider.forgetful = true;
  now += 600_000;
  expect([await ask(), await ask()]).toEqual(['denied', 'denied']);
  now += 300_000;
  expect(await ask()).toBe('signed-out');
  // Then too it is asked, and taken when it is good.
  provider.forgetful = false;
  expect((await ask()).length).toBeGreaterThan(20);
});

test('three refusals over two minutes count, of one browser, by a clock that does not go back', async () => {
  const shelf = memoryShelf();
  const note = (seconds: number, browser = 'b') => noteRefusal(shelf, browser, seconds * 1000);
  expect([await note(0), await note(500)]).toEqual([false, false]);
  expect(await note(501)).toBe(true);
  expect([await note(600, 'c'), await note(601, 'c'), await note(719, 'c')]).toEqual([false, false, false]);
  expect(await note(720, 'c')).toBe(true);
  expect([await note(10, 'c'), await note(129, 'c'), await note(130, 'c')]).toEqual([false, false, true]);
  await forgetRefusals(shelf);
  expect(await note(1000, 'c')).toBe(false);
});
