import { expect, test } from 'vitest';
import { newKey } from '../../../utils/auth/key.ts';
import { endOf } from '../../../utils/auth/standing.ts';
import { waiting } from '../../../utils/sync/outbox.ts';
import { Trouble } from '../../../utils/trouble.ts';
import { idOf } from '../replica/samples.ts';
import { SERVER } from './provider.ts';
import { ann, note, signedIn, signIn } from './worker.ts';

test("signing out takes one's own words along, and leaves what others of this browser still have to send", async () => {
  const { provider, worker, disk } = await signedIn();
  const { replica } = worker;
  const [first, second] = [provider.memberId, idOf(99)];
  await replica.append(note(provider.workspaceId, first));
  provider.memberId = second;
  await signIn(worker, provider);
  await replica.append(note(provider.workspaceId, second, 72));
  await replica.saveDraft('popup:note', 'Half a');
  await (await worker.auth.signOut())();
  for (const { queued } of [replica, await disk.load()]) expect(queued).toMatchObject([{ memberId: first }]);
  expect(await disk.draftForms()).toEqual([]);
  provider.memberId = first;
  await signIn(worker, provider);
  expect(waiting(replica)).toHaveLength(1);
  // Removed, the first one leaves nothing.
  await worker.auth.drop(endOf(new Trouble('removed', ''), replica.meta));
  expect((await disk.load()).queued).toEqual([]);
});

test('a server that names the ids of another gets neither its copy nor its words', async () => {
  const { provider, worker } = await signedIn();
  const { replica } = worker;
  await replica.write({ cards: [ann] });
  const { server: _, memberId: __, ...unsigned } = note(provider.workspaceId, provider.memberId, 72);
  await replica.append(note(provider.workspaceId, provider.memberId));
  // As the first release wrote it.
  await replica.append(unsigned);
  await replica.saveDraft(`note:${ann.id}`, 'Half a');
  const key = await newKey(replica, SERVER);
  const tokens = { access: await worker.auth.token(), refresh: 'r', seconds: 600 };
  await worker.auth.adopt('https://evil.example', tokens, key);
  expect(await replica.cardIds()).toEqual([]);
  expect(await replica.draftForms()).toEqual([]);
  expect(waiting(replica)).toEqual([]);
  await worker.auth.adopt(SERVER, tokens, key);
  expect(waiting(replica)).toHaveLength(2);
});

test('with no room for a sign-in it fails, and whoever was there is still there', async () => {
  const { provider, worker, disk, another } = await signedIn();
  const before = structuredClone(worker.replica.meta);
  const { write } = disk;
  disk.write = async (batch) => {
    if (batch.grant) throw new DOMException('no room', 'QuotaExceededError');
    await write(batch);
  };
  Object.assign(provider, { memberId: idOf(99), browserId: idOf(98) });
  await expect(signIn(worker, provider)).rejects.toMatchObject({ code: 'full' });
  expect(worker.replica.storage).toBe('full');
  for (const { meta } of [worker.replica, await disk.load()]) expect(meta).toEqual(before);
  disk.write = write;
  await signIn(worker, provider);
  expect(worker.replica.meta.me).toBe(idOf(99));
  await expect(another().auth.token()).resolves.toBeTypeOf('string');
});

test("a worker that does not know of a new person's sign-in gets no token of theirs", async () => {
  const { provider, worker, another } = await signedIn();
  const old = another();
  const refused = await old.auth.token();
  Object.assign(provider, { memberId: idOf(99), browserId: idOf(98) });
  await signIn(worker, provider);
  await expect(old.auth.token(refused)).rejects.toMatchObject({ code: 'signed-out' });
  await expect(worker.auth.token()).resolves.toBeTypeOf('string');
});

test('what ends one browser leaves the sign-in that another worker made meanwhile', async () => {
  const { provider, worker, disk, another } = await signedIn();
  const old = another();
  await old.replica.load();
  const { browserId } = old.replica.meta;
  provider.browserId = idOf(98);
  await signIn(worker, provider);
  expect(await old.auth.drop(endOf(new Trouble('removed', ''), old.replica.meta), browserId)).toBe(false);
  expect((await disk.grant())?.browserId).toBe(idOf(98));
  expect((await disk.load()).meta.ended).toBeUndefined();
});
