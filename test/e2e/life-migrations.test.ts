import { afterAll, beforeAll, expect, test } from 'vitest';
import { pinNote } from '../../utils/commands.ts';
import { migrations } from '../../utils/replica/migrations.ts';
import { OLD_COPIES, type OldCopy } from '../fixtures/old-copies.ts';
import { heldRows } from './rig/held.ts';
import { putCopy } from './rig/old-copy.ts';
import type { Rig } from './rig/types.ts';
import { showOnFailure, World } from './rig/world.ts';

/** Copies of all versions that a browser may have, and some that cannot be read: what waits in them is never lost. */
let world: World;
let rig: Rig;

beforeAll(async () => {
  world = await World.start();
  rig = await world.browser();
});
afterAll(() => world?.stop());

const NEWEST = migrations.length;
const [me, workspaceId, contactId] = [1, 2, 3].map((end) => `0192f000-0000-7000-8000-00000000000${end}`);
const server = 'http://127.0.0.1:1';
const author = { server, workspaceId, memberId: me };
const queued = ['First.', 'Second.', 'Refused.'].map((text, nth) => ({
  ...{ ...author, seq: nth + 4 },
  command: pinNote({ contactId: contactId ?? '', text }),
  ...(text === 'Refused.' && { refused: { reason: 'gone' } }),
}));
const draft = { key: `note:${contactId}`, value: '{"text":"Half a thought"}' };
const rows = {
  meta: [{ key: 'all', value: { server, workspaceId, workspace: 'Acme', me, version: 7, tagsVersion: 7 } }],
  tags: [{ key: 'all', value: 'a form of before' }],
  outbox: queued.map((value) => ({ value })),
  drafts: [draft],
};
const newest = (OLD_COPIES.at(-1) ?? {}) satisfies OldCopy;
const { cards: _, ...withoutCards } = newest;

const COPIES: [what: string, version: number, stores: OldCopy, held: object][] = [
  ...OLD_COPIES.map((stores, nth): [string, number, OldCopy, object] => [
    `version ${nth + 1}`,
    nth + 1,
    stores,
    rows,
  ]),
  ['a version that is still to come', NEWEST + 7, { ...newest, later: {} }, rows],
  ['the newest version, damaged', NEWEST, withoutCards, rows],
];

test.for(COPIES)(
  '%s: brought up to date, and what waits is there',
  async ([, version, stores, held], context) => {
    await putCopy(rig, version, stores, held as typeof rows);
    const options = await rig.open('options.html');
    showOnFailure(context, { options });
    await options.waitForText('You are not signed in to Acme any more. Sign in again to go on.', {
      timeout: 20_000,
    });
    await options.waitForText('2 things are waiting to be sent.');
    const after = await heldRows(rig);
    expect(after).toMatchObject({ outbox: 3, drafts: 1, cards: 0, seen: 0, mine: 0 });
    // A later one is looked at when it is read.
    if (version < 3) expect(after.tags).toBe(0);
    expect(after.meta).toMatchObject({ server, workspace: 'Acme', me });
    // What is appended next comes after what is there.
    const page = await rig.open('manifest.json');
    const [kept, number] = await page.evaluate(async () => {
      const settled = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const database = await settled(indexedDB.open('truce'));
      const all = await settled(database.transaction('outbox').objectStore('outbox').getAll());
      const next = await settled(database.transaction('outbox', 'readwrite').objectStore('outbox').add({}));
      await settled(database.transaction('outbox', 'readwrite').objectStore('outbox').delete(next));
      database.close();
      return [all, [database.version, Number(next)]] as const;
    });
    await page.close();
    await options.close();
    expect(kept).toEqual(queued);
    expect(number[0]).toBe(NEWEST);
    expect(number[1]).toBeGreaterThan(6);
  },
);
