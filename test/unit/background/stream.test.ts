import { expect, test, vi } from 'vitest';
import { streamHandlers } from '../../../utils/background/stream.ts';
import { MESSAGES } from '../../../utils/message-schemas.ts';
import { Trouble } from '../../../utils/trouble.ts';
import { idOf } from '../replica/samples.ts';
import { refusal, setUp } from '../sync/rig.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));

const screen = { from: 'screen' as const };

async function background() {
  const parts = await setUp();
  const auth = { token: async (refused?: string) => (refused === undefined ? 'first' : 'second') };
  return { ...parts, stream: streamHandlers({ ...parts, auth }) };
}

test('a screen gets what a stream is opened with: another token for one that was refused', async () => {
  const { stream, replica } = await background();
  const { browserId, server, version } = replica.meta;
  expect(await stream['stream.open']({}, screen)).toEqual({
    server,
    token: 'first',
    since: version,
    of: browserId,
  });
  expect(await stream['stream.open']({ refused: 'first' }, screen)).toMatchObject({ token: 'second' });
});

test('no script in a page may ask for it, or say what a stream says', () => {
  const kinds = ['stream.open', 'stream.hear', 'stream.end'] as const;
  expect(kinds.map((kind) => MESSAGES[kind].from)).toEqual(['screen', 'screen', 'screen']);
});

test('what the stream of another sign-in says is not taken', async () => {
  const { stream, replica, asked } = await background();
  const before = replica.meta;
  const of = idOf(98);
  const told = { of, since: 0, version: 99, changes: [] };
  await expect(stream['stream.hear'](told, screen)).rejects.toMatchObject({ code: 'signed-out' });
  await expect(stream['stream.end']({ of, code: 'removed' }, screen)).rejects.toMatchObject({
    code: 'signed-out',
  });
  expect(replica.meta).toBe(before);
  expect(asked).toEqual([]);
});

test('a farewell wipes the copy at once, if the server stands by it', async () => {
  const { stream, sync, replica, ended, answer } = await background();
  const of = idOf(9);
  await stream['stream.end']({ of, code: 'removed' }, screen);
  expect(replica.meta.ended).toBeUndefined();
  ended(new Trouble('removed', ''));
  // Requests may be let through for half a minute yet.
  answer(() => refusal('busy', 429));
  await stream['stream.end']({ of, code: 'removed' }, screen);
  expect(sync.connection.state).toBe('removed');
  expect(replica.shared).toBeUndefined();
});

test('nobody signed in: nothing is handed out', async () => {
  const { stream, sync } = await background();
  await sync.forget();
  await expect(stream['stream.open']({}, screen)).rejects.toMatchObject({ code: 'unset' });
});
