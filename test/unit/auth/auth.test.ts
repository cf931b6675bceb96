import { expect, test } from 'vitest';
import { Auth } from '../../../utils/auth/auth.ts';
import { newKey } from '../../../utils/auth/key.ts';
import { endOf } from '../../../utils/auth/standing.ts';
import { memoryDisk } from '../../../utils/replica/memory-disk.ts';
import { Replica } from '../../../utils/replica/replica.ts';
import { Trouble } from '../../../utils/trouble.ts';
import { idOf } from '../replica/samples.ts';
import { FakeProvider, SERVER } from './provider.ts';
import { alone, ann, note, signedIn, signIn, Worker } from './worker.ts';

test('a token is handed out from the shelf while it lasts, then renewed once for all who ask', async () => {
  let now = 1_000_000;
  const { provider, worker, another } = await signedIn(() => now);
  const first = await worker.auth.token();
  expect(await another().auth.token()).toBe(first);
  expect(provider.asked).toEqual([]);
  now += 600_000;
  const [a, b, c] = await Promise.all([worker.auth.token(), worker.auth.token(), another().auth.token()]);
  expect(a).not.toBe(first);
  expect([b, c]).toEqual([a, a]);
  expect(provider.refreshes).toBe(1);
});

test('one that the server does not take is renewed, whatever the clock says', async () => {
  const { worker } = await signedIn();
  const first = await worker.auth.token();
  const second = await worker.auth.token(first);
  expect(second).not.toBe(first);
  expect(await worker.auth.token(first)).toBe(second);
});

test('neither an access token nor an extractable key gets to disk', async () => {
  const { worker, disk } = await signedIn();
  const token = await worker.auth.token();
  const grant = await disk.grant();
  expect(JSON.stringify([grant, await disk.load()])).not.toContain(token);
  const key = grant?.key as CryptoKeyPair;
  expect(key.privateKey.extractable).toBe(false);
  await expect(crypto.subtle.exportKey('jwk', key.privateKey)).rejects.toThrow();
});

test('the new refresh token is on disk before anything is done with it', async () => {
  const { worker, disk, shelf } = await signedIn();
  const before = (await disk.grant())?.refreshToken;
  await shelf.remove('access');
  const { write } = disk;
  disk.write = async () => {
    throw new Error('the worker dies here');
  };
  await expect(worker.auth.token()).rejects.toThrow();
  expect(await shelf.get('access')).toBeUndefined();
  disk.write = write;
  expect((await disk.grant())?.refreshToken).toBe(before);
  await expect(worker.auth.token()).resolves.toBeTypeOf('string');
});

test.each([['lost'], ['down'], ['html'], ['busy']] as const)(
  'an answer that is %s, again and again, signs nobody out',
  async (weather) => {
    const { provider, worker, another } = await signedIn();
    for (let round = 0; round < 10; round += 1) {
      const refused = await worker.auth.token();
      provider.weather.push(weather);
      const code = weather === 'html' ? 'strange' : 'offline';
      await expect(another().auth.token(refused)).rejects.toMatchObject({ code });
      provider.weather.push(undefined, undefined, weather);
      await another()
        .auth.token(refused)
        .catch(() => undefined);
      provider.weather.length = 0;
      await expect(another().auth.token(refused)).resolves.toBeTypeOf('string');
    }
    expect(provider.state).toBe('active');
  },
);

test('a worker that is ended at any step of 300 refreshes signs nobody out', async () => {
  const { provider, disk, shelf, another } = await signedIn();
  const died = new DOMException('ended', 'AbortError');
  for (let turn = 0; turn < 300; turn += 1) {
    await shelf.remove('access');
    // The steps of a refresh that reach outside: whatever comes after the n-th does not happen.
    let left = turn % 9;
    const step =
      <A extends unknown[], R>(work: (...args: A) => Promise<R>) =>
      async (...args: A): Promise<R> => {
        if (left === 0) throw died;
        left -= 1;
        const done = await work(...args);
        if (left === 0) throw died;
        return done;
      };
    const dying = { ...disk, grant: step(disk.grant), write: step(disk.write) };
    const replica = new Replica(async () => dying);
    const auth = new Auth({
      replica,
      shelf: { ...shelf, set: step(shelf.set), remove: shelf.remove },
      fetch: step(provider.fetch),
      alone,
      now: () => 1_000_000,
    });
    await auth.token().catch(() => undefined);
    expect(provider.state, `turn ${turn}`).toBe('active');
  }
  await shelf.remove('access');
  await expect(another().auth.token()).resolves.toBeTypeOf('string');
});

test('a refusal alone ends nothing: the server is asked whether this browser was', async () => {
  const { provider, worker, disk } = await signedIn();
  const refused = await worker.auth.token();
  provider.forgetful = true;
  await expect(worker.auth.token(refused)).rejects.toMatchObject({ code: 'denied' });
  expect(await disk.grant()).toBeDefined();
  provider.forgetful = false;
  await expect(worker.auth.token(refused)).resolves.toBeTypeOf('string');
  for (const state of ['ended', 'removed'] as const) {
    Object.assign(provider, { state, reason: 'admin' });
    const error = await worker.auth.token(await worker.auth.token().catch(() => '')).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: state, cause: 'admin' });
  }
  // Where the server does not say, nothing is decided.
  provider.weather.push(undefined, 'down');
  await expect(worker.auth.token('x').catch((e: Trouble) => e.code)).resolves.not.toBe('signed-out');
});

test('where keys cannot be stored, one that can be written out takes their place', async () => {
  const provider = new FakeProvider();
  const disk = memoryDisk();
  const { write } = disk;
  disk.write = async (batch) => {
    if (batch.pending && 'privateKey' in batch.pending.key)
      throw new DOMException('no keys', 'DataCloneError');
    await write(structuredClone(batch));
  };
  const worker = new Worker(provider, disk);
  await signIn(worker, provider);
  const grant = structuredClone(await disk.grant());
  expect(grant?.key).toMatchObject({ kty: 'EC', d: expect.any(String) });
  await expect(new Worker(provider, disk).auth.token()).resolves.toBeTypeOf('string');
});

test('the same person finds the copy again; for anybody else it is empty, and what waits stays with its author', async () => {
  const { provider, worker } = await signedIn();
  const { replica } = worker;
  await replica.write({ cards: [ann], meta: { ...replica.meta, version: 7, inStepAt: 5 } });
  await replica.append(note(provider.workspaceId, provider.memberId));
  await signIn(worker, provider);
  expect(await replica.cardIds()).toEqual([ann.id]);
  expect(replica.meta).toMatchObject({ me: provider.memberId, inStepAt: 5 });
  expect(replica.meta.version).toBeUndefined();

  await replica.saveDraft(`note:${ann.id}`, 'Half a');
  provider.memberId = idOf(99);
  await signIn(worker, provider);
  expect(await replica.cardIds()).toEqual([]);
  expect(replica.queued).toHaveLength(1);
  expect(await replica.draftForms()).toEqual([]);
});

test('signing out tells the server and leaves nothing; also when the server cannot be told', async () => {
  for (const weather of [undefined, 'down'] as const) {
    const { provider, worker, disk, shelf } = await signedIn();
    await worker.replica.write({ cards: [ann] });
    await worker.replica.append(note(provider.workspaceId, provider.memberId));
    provider.weather.push(weather);
    const tell = await worker.auth.signOut();
    // At once: the server is told when nothing is left here.
    expect(provider.asked).toEqual([]);
    expect(await disk.load()).toMatchObject({ meta: {}, queued: [] });
    await tell();
    expect(provider.state).toBe(weather ? 'active' : 'ended');
    expect(await disk.grant()).toBeUndefined();
    expect(await disk.load()).toMatchObject({ meta: {}, queued: [] });
    expect(await shelf.get('access')).toBeUndefined();
    await expect(worker.auth.token()).rejects.toMatchObject({ code: 'signed-out' });
  }
});

test('signing out waits for no renewal, and tells the server with the right that it had', async () => {
  const { provider, worker, disk, shelf } = await signedIn();
  await shelf.remove('access');
  const { fetch } = provider;
  const asked = Promise.withResolvers<void>();
  provider.fetch = (_, init) => {
    asked.resolve();
    return new Promise((_, reject) => {
      init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
    });
  };
  const token = worker.auth.token().catch((error: unknown) => error);
  await asked.promise;
  const tell = await worker.auth.signOut();
  expect(await disk.grant()).toBeUndefined();
  expect(await token).toMatchObject({ code: 'offline' });
  provider.fetch = fetch;
  await tell();
  expect(provider.state).toBe('ended');
  expect([await disk.grant(), await shelf.get('access')]).toEqual([undefined, undefined]);
});

test('what goes when a browser is ended: everything, but after a theft what waits', async () => {
  const meta = {
    server: SERVER,
    workspaceId: idOf(1),
    workspace: 'Acme',
    me: idOf(2),
    version: 9,
    browserId: idOf(3),
  };
  const gone = endOf(new Trouble('removed', ''), meta);
  expect(gone).toEqual({
    clear: true,
    clearOwn: true,
    meta: {
      server: SERVER,
      workspaceId: idOf(1),
      workspace: 'Acme',
      me: idOf(2),
      ended: { state: 'removed' },
    },
  });
  expect(endOf(new Trouble('ended', '', { cause: 'admin' }), meta)).toMatchObject({ clearOwn: true });
  // A server that was restored from a backup may not know the browser any more.
  expect(endOf(new Trouble('ended', ''), meta)).toMatchObject({ clear: true, clearOwn: false });
  expect(endOf(new Trouble('ended', '', { cause: 'reuse' }), meta)).toMatchObject({
    clearOwn: false,
    meta: { ended: { state: 'ended', reason: 'reuse' } },
  });
});

test('a token that is none of ours is not taken', async () => {
  const { worker } = await signedIn();
  const key = await newKey(worker.replica, SERVER);
  for (const access of ['', 'a.b.c', 'opaque', `h.${btoa('{"sub":"me"}')}.s`]) {
    const tokens = { access, refresh: 'r', seconds: 600 };
    await expect(worker.auth.adopt(SERVER, tokens, key)).rejects.toMatchObject({ code: 'strange' });
  }
});
