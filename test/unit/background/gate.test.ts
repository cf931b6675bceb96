import { expect, test, vi } from 'vitest';
import type { Access } from '../../../utils/background/access.ts';
import { commandHandlers } from '../../../utils/background/command.ts';
import { draftHandlers } from '../../../utils/background/draft.ts';
import { Gate } from '../../../utils/background/gate.ts';
import { pageHandlers } from '../../../utils/background/page.ts';
import type { Pages } from '../../../utils/background/pages.ts';
import { pinNote } from '../../../utils/commands.ts';
import type { Meta } from '../../../utils/replica/disk.ts';
import { memoryDisk } from '../../../utils/replica/memory-disk.ts';
import { Replica } from '../../../utils/replica/replica.ts';
import { Sync } from '../../../utils/sync/sync.ts';
import { idOf } from '../replica/samples.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));

const DAY = 24 * 3_600_000;
const screen = { from: 'screen' as const };
const page = { from: 'content' as const, tabId: 4, frameId: 0, url: 'https://mail.example/' };
const report = { recipe: 'none' as const, sightings: [] };
const team: Meta = { server: 'https://t.example', workspaceId: 'w', me: idOf(1), inStepAt: Date.now() };

const SHUT: [string, Meta][] = [
  ['signed in nowhere', {}],
  ['removed', { server: 'https://t.example', workspaceId: 'w', ended: { state: 'removed' } }],
  ['ended', { server: 'https://t.example', workspaceId: 'w', ended: { state: 'ended', reason: 'admin' } }],
  ['locked', { ...team, inStepAt: Date.now() - 15 * DAY }],
];

async function background(meta: Meta) {
  const disk = memoryDisk();
  const replica = new Replica(async () => disk);
  await replica.write({ meta });
  const no = () => Promise.reject(new TypeError('network'));
  const auth = { token: no, ask: no, drop: async () => true, signOut: async () => no };
  const sync = new Sync({ replica, auth, onChange: () => undefined });
  const onOpen = vi.fn();
  const gate = new Gate({ replica, sync, onOpen });
  const taken = vi.fn();
  const pages = { load: async () => undefined, of: () => undefined, report: taken } as unknown as Pages;
  const access = { mayRead: async () => true } as unknown as Access;
  const handlers = {
    ...pageHandlers({
      pages,
      access,
      gate,
      recipes: { at: async () => [] },
      misses: { hear: () => undefined },
    }),
    ...commandHandlers(replica, sync, () => undefined),
    ...draftHandlers(replica, sync),
  };
  return { replica, gate, handlers, taken, onOpen };
}

test('what a page shows is taken while somebody may see it', async () => {
  const { handlers, taken, onOpen } = await background(team);
  await handlers['page.report'](report, page);
  expect(taken).toHaveBeenCalledOnce();
  expect(onOpen).not.toHaveBeenCalled();
});

test.each(SHUT)('%s, nothing of a page is taken, until pages are read anew', async (_, meta) => {
  const { replica, gate, handlers, taken, onOpen } = await background(meta);
  await expect(handlers['page.report'](report, page)).rejects.toMatchObject({ code: 'signed-out' });
  expect(taken).not.toHaveBeenCalled();
  await replica.write({ meta: team });
  await gate.look();
  await gate.look();
  expect(onOpen).toHaveBeenCalledOnce();
  await handlers['page.report'](report, page);
  expect(taken).toHaveBeenCalledOnce();
});

test.each(['removed', 'ended'] as const)(
  'nothing is said to be saved that was written when %s',
  async (state) => {
    const { replica, handlers } = await background({ ...team, ended: { state } });
    const command = pinNote({ contactId: idOf(3), text: 'Too late' });
    await expect(handlers['command.write']({ command }, screen)).rejects.toMatchObject({ code: state });
    expect(replica.queued).toEqual([]);
    await handlers['draft.save']({ form: 'popup:4', text: 'Too late' }, screen);
    expect(await replica.draft('popup:4')).toBe('');
  },
);

test('what is half typed is not read out while locked', async () => {
  const { replica, handlers } = await background({ ...team, inStepAt: Date.now() - 15 * DAY });
  await replica.saveDraft('popup:4', 'Secret');
  await expect(handlers['draft.read']({ form: 'popup:4' }, screen)).rejects.toMatchObject({ code: 'locked' });
});
