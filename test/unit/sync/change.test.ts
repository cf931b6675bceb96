import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { idOf } from '../replica/samples.ts';
import { ann, note, setUp } from './rig.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

test('disconnecting waits for no server: all is gone from here, and the screens know, before it is told', async () => {
  const { sync, replica, answer, asked, tell, onWiped } = await setUp();
  await replica.write({ cards: [ann] });
  answer(() => new Promise(() => undefined));
  void sync.wake();
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  const told = Promise.withResolvers<void>();
  tell.mockImplementation(() => told.promise);
  let over = false;
  const forgotten = sync.forget().then(() => {
    over = true;
  });
  await vi.waitFor(() => expect(onWiped).toHaveBeenCalledOnce(), { interval: 1 });
  expect(sync.connection.state).toBe('unset');
  expect(await replica.cardIds()).toEqual([]);
  expect(over).toBe(false);
  told.resolve();
  await forgotten;
});

test('two changes of the connection go one after the other, and nothing is begun between them', async () => {
  const { sync, replica, asked } = await setUp();
  const { meta } = replica;
  const first = Promise.withResolvers<void>();
  const second = Promise.withResolvers<void>();
  const steps: string[] = [];
  const change = (name: string, gate: Promise<void>) =>
    sync.change(async () => {
      steps.push(`${name} begins`);
      await gate;
      await replica.write({ meta: { ...meta, browserId: idOf(name === 'first' ? 50 : 51) } });
      steps.push(`${name} ends`);
    });
  const both = [change('first', first.promise), change('second', second.promise)];
  await vi.advanceTimersByTimeAsync(1);
  expect(steps).toEqual(['first begins']);
  first.resolve();
  await vi.advanceTimersByTimeAsync(1);
  await expect(sync.use(() => Promise.resolve())).rejects.toMatchObject({ code: 'signed-out' });
  expect(asked).toEqual([]);
  second.resolve();
  await Promise.all(both);
  expect(steps).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  expect(replica.meta.browserId).toBe(idOf(51));
  expect(sync.connection.state).toBe('online');
});

test("what others wrote here for another team is nothing to ask or tell this one's server", async () => {
  const { sync, replica, asked, answer } = await setUp();
  const changed = () =>
    Response.json({ version: 4, changes: [{ version: 4, kind: 'card', id: ann.id }], more: false });
  // As a server does that says of anybody that they were erased.
  const erased = () => Response.json({ cards: [], erased: [ann.id] });
  answer((path) => (path === '/v1/changes' ? changed() : path === '/v1/cards' ? erased() : undefined));
  for (const [at, elsewhere] of [{ workspaceId: idOf(44) }, { server: 'https://other.example' }].entries()) {
    await replica.append({ ...note, ...elsewhere, command: { ...note.command, id: idOf(80 + at) } });
  }
  await sync.wake();
  expect(sync.connection.state).toBe('online');
  expect(asked).toContain('/v1/changes');
  expect(asked).not.toContain('/v1/cards');
  await replica.write({ erased: [ann.id] });
  expect(replica.queued.map(({ command }) => command.payload)).toEqual([
    note.command.payload,
    note.command.payload,
  ]);
  // Of the same team's people, words by anybody of it go when the person is erased.
  await replica.append({ ...note, memberId: idOf(55) });
  await sync.wake();
  expect(asked).toContain('/v1/cards');
  expect(JSON.stringify(replica.queued.at(-1))).not.toContain('Hello');
});
