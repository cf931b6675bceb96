import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrations } from '../../utils/replica/migrations.ts';
import { UUID } from './rig/firefox.ts';
import { heldRows } from './rig/held.ts';
import { kind, showOnFailure, World } from './rig/world.ts';

/** Where each browser keeps an extension's databases. */
const FOLDER = kind === 'firefox' ? `storage/default/moz-extension+++${UUID}` : 'Default/IndexedDB';

/** A browser that lets us keep nothing: in its profile a file is where the folder of our databases should be. */
let world: World;
let profile: string;

beforeAll(async () => {
  world = await World.start();
  profile = await mkdtemp(join(tmpdir(), 'truce-profile-'));
  await mkdir(dirname(join(profile, FOLDER)), { recursive: true });
  await writeFile(join(profile, FOLDER), 'in the way');
});
afterAll(async () => {
  await world?.stop();
  await rm(profile, { recursive: true, force: true });
});

test('IndexedDB refused: every screen says so, and the page is left alone', async (context) => {
  const rig = await world.browser('test', { profile });
  await world.pair(rig);
  const options = await rig.open('options.html');
  showOnFailure(context, { options });
  await options.waitForText('This browser lets Truce keep nothing', { timeout: 20_000 });
  const page = await rig.page(`${world.pages.url}/people`);
  const panel = await rig.panel(page);
  await panel.waitForText('This browser lets Truce keep nothing', { timeout: 20_000 });
  expect(await page.text()).toContain('Attendees');

  // Signed in for as long as the browser runs, although nothing can be kept on disk.
  await rig.endBackground();
  await panel.waitForText('Bob Marley-Smith', { within: '.who', timeout: 20_000 });
});

test("the first release's copy is brought up to date: its token goes, what waits stays", async (context) => {
  const rig = await world.browser();
  const page = await rig.open('manifest.json');
  await rig.endBackground();
  await page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    await settled(indexedDB.deleteDatabase('truce'));
    const request = indexedDB.open('truce', 1);
    request.onupgradeneeded = () => {
      for (const name of ['meta', 'tags', 'shared', 'drafts']) request.result.createObjectStore(name);
      const cards = request.result.createObjectStore('cards', { keyPath: 'id' });
      cards.createIndex('keys', 'keys', { multiEntry: true });
      cards.createIndex('company', 'card.contact.companyId');
      request.result.createObjectStore('companies', { keyPath: 'id' });
      request.result.createObjectStore('outbox', { keyPath: 'seq', autoIncrement: true });
    };
    const database = await settled(request);
    const workspaceId = '0192f000-0000-7000-8000-000000000001';
    const contactId = '0192f000-0000-7000-8000-000000000002';
    const tx = database.transaction(['meta', 'outbox'], 'readwrite');
    const meta = {
      server: 'http://127.0.0.1:1',
      token: 'truce_old',
      workspaceId,
      workspace: 'Acme',
      me: contactId,
    };
    await settled(tx.objectStore('meta').put(meta, 'all'));
    const payload = { noteId: contactId, contactId, text: 'Hello' };
    const command = { id: contactId, at: new Date().toISOString(), kind: 'note.pin', payload };
    await settled(tx.objectStore('outbox').add({ workspaceId, command }));
    database.close();
  });
  const options = await rig.open('options.html');
  showOnFailure(context, { options });
  await options.waitForText('You are not signed in to Acme any more. Sign in again to go on.', {
    timeout: 20_000,
  });
  await options.waitForText('1 thing is waiting to be sent.');
  const { meta, outbox } = await heldRows(rig);
  expect(outbox).toBe(1);
  expect(meta).toMatchObject({ server: 'http://127.0.0.1:1', workspace: 'Acme' });
  expect(meta).not.toHaveProperty('token');
});

test('a damaged copy is rebuilt with what waits, also where that was cut off half way', async (context) => {
  const rig = await world.browser();
  const page = await rig.open('manifest.json');
  await rig.endBackground();
  const options = () => rig.open('options.html');
  const expectWaiting = async () => {
    const screen = await options();
    showOnFailure(context, { screen });
    await screen.waitForText('1 thing is waiting to be sent.', { timeout: 20_000 });
    await screen.close();
    const { meta, outbox, cards } = await heldRows(rig);
    expect({ outbox, cards }).toEqual({ outbox: 1, cards: 0 });
    expect(meta).toMatchObject({ server: 'http://127.0.0.1:1', workspace: 'Acme' });
    const names = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
    expect(names).toEqual(['truce']);
  };
  /** A copy that has lost most of what it consists of; `saved`: one that was deleted when all but the rest was done. */
  const damage = (saved: boolean) =>
    page.evaluate(
      async ({ version, saved }) => {
        const settled = <T>(request: IDBRequest<T>) =>
          new Promise<T>((resolve, reject) => {
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
          });
        const id = '0192f000-0000-7000-8000-000000000001';
        const meta = { server: 'http://127.0.0.1:1', workspaceId: id, workspace: 'Acme', me: id };
        const payload = { noteId: id, contactId: id, text: 'Hello' };
        const command = { id, at: new Date().toISOString(), kind: 'note.pin', payload };
        const entry = { seq: 1, workspaceId: id, command };
        await settled(indexedDB.deleteDatabase('truce'));
        const request = indexedDB.open(saved ? 'truce-saved' : 'truce', saved ? 1 : version);
        request.onupgradeneeded = () => {
          const { result: database } = request;
          if (saved) {
            database
              .createObjectStore('all')
              .put({ queued: [entry], drafts: [], grant: undefined, meta }, 'all');
            return;
          }
          for (const name of ['drafts', 'grant']) database.createObjectStore(name);
          database.createObjectStore('meta').put(meta, 'all');
          database.createObjectStore('outbox', { keyPath: 'seq', autoIncrement: true }).put(entry);
        };
        (await settled(request)).close();
      },
      { version: migrations.length, saved },
    );
  await damage(false);
  await expectWaiting();
  await rig.endBackground();
  await damage(true);
  await expectWaiting();
});
