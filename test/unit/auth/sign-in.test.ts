import { expect, test, vi } from 'vitest';
import { Auth } from '../../../utils/auth/auth.ts';
import { newKey } from '../../../utils/auth/key.ts';
import { memoryShelf } from '../../../utils/auth/shelf.ts';
import { type Asked, SignIn } from '../../../utils/auth/sign-in.ts';
import { memoryDisk } from '../../../utils/replica/memory-disk.ts';
import { Replica } from '../../../utils/replica/replica.ts';
import type { SigningIn } from '../../../utils/view.ts';
import { FakeProvider, SERVER } from './provider.ts';

const window: Asked = { server: SERVER, invitation: 'truce_secret', how: 'window' };
const byCode: Asked = { server: SERVER, how: 'code' };

/** `person`: what somebody does in the window that opens. */
function setUp(person?: (url: string, provider: FakeProvider) => string | Promise<string>) {
  const provider = new FakeProvider();
  const disk = memoryDisk();
  const slept: number[] = [];
  const tabs: string[] = [];
  const opened: string[] = [];
  const states: (SigningIn | undefined)[] = [];
  const worker = () => {
    const replica = new Replica(async () => disk);
    const auth = new Auth({
      ...{ replica, shelf: memoryShelf(), fetch: (...input) => provider.fetch(...input) },
      alone: (job) => job(),
    });
    const signIn: SignIn = new SignIn({
      ...{ replica, auth, stayAwake: () => undefined },
      onChange: () => states.push(signIn.state),
      openWindow:
        person &&
        (async (url) => {
          opened.push(url);
          return person(url, provider);
        }),
      redirect: () => 'https://self.chromiumapp.org/',
      openTab: async (url) => tabs.push(url),
      browserName: async () => 'Firefox, Linux',
      done: (server, tokens, key) => auth.adopt(server, tokens, key),
      sleep: async (ms) => void slept.push(ms),
    });
    return { replica, auth, signIn };
  };
  return { provider, disk, states, slept, tabs, opened, worker, ...worker() };
}

test('by the window: asked with the invitation and the name, signed in at the end', async () => {
  const { signIn, replica, provider, opened } = setUp((url, at) => at.approve(url));
  await signIn.start(window);
  expect(signIn.state).toBeUndefined();
  expect(replica.meta).toMatchObject({
    server: SERVER,
    me: provider.memberId,
    browserId: provider.browserId,
  });
  const asked = Object.fromEntries(new URL(opened[0] ?? '').searchParams);
  expect(asked).toMatchObject({
    client_id: 'truce-extension',
    invitation: 'truce_secret',
    browser_name: 'Firefox, Linux',
    code_challenge_method: 'S256',
    resource: `${SERVER}/v1`,
    scope: 'offline_access',
  });
});

const answer = (url: string, fields: Record<string, string>) =>
  `https://self.chromiumapp.org/?${new URLSearchParams({
    state: new URL(url).searchParams.get('state') ?? '',
    iss: `${SERVER}/oidc`,
    ...fields,
  })}`;

test.each<[string, (url: string, provider: FakeProvider) => string, string]>([
  [
    'the window is closed',
    () => {
      throw new Error('The user did not approve access.');
    },
    'cancelled',
  ],
  [
    'the window does not open',
    () => {
      throw new Error('Authorization page could not be loaded.');
    },
    'window',
  ],
  ['the person says no', (url) => answer(url, { error: 'access_denied' }), 'cancelled'],
  ['somebody else answers', (url) => answer(url, { code: 'the-code', state: 'other' }), 'strange'],
  ['another server answers', (url) => answer(url, { code: 'x', iss: 'https://evil.example' }), 'strange'],
  ['the code is none', (url) => answer(url, { code: 'guessed' }), 'expired'],
  [
    'the server is not reached',
    (url, provider) => {
      provider.weather.push('down');
      return provider.approve(url);
    },
    'offline',
  ],
  [
    'the answer with the tokens is lost',
    (url, provider) => {
      // The first question is answered with the nonce.
      provider.weather.push(undefined, 'lost');
      return provider.approve(url);
    },
    'offline',
  ],
])('%s: nothing has changed, and it is said', async (_, person, problem) => {
  const { signIn, replica, disk } = setUp(person);
  await signIn.start(window);
  expect(signIn.state).toEqual({ server: SERVER, how: 'window', problem });
  expect(replica.meta).toEqual({});
  expect(await disk.pending()).toBeUndefined();
});

test.each([
  ['http://localhost:8080', 'http://localhost:8080'],
  ['https://team.example/truce', 'https://team.example/truce'],
  ['javascript:alert(1)//x', undefined],
  [`https://${'x'.repeat(300)}.example`, undefined],
])('asked at an address that is not its own, the server is named by its own: %s', async (own, named) => {
  const { signIn, replica, provider, opened } = setUp((url) => provider.approve(url));
  provider.server = own;
  await signIn.start(window);
  expect(signIn.state).toEqual({
    ...{ server: SERVER, how: 'window', problem: 'strange' },
    ...(named !== undefined && { callsItself: named }),
  });
  expect([opened, replica.meta]).toEqual([[], {}]);
});

test('without a window it says so, and the code does it', async () => {
  const { signIn, replica, provider, tabs, slept } = setUp();
  await signIn.start(window);
  expect(signIn.state).toMatchObject({ problem: 'window' });
  provider.device.push('authorization_pending', 'slow_down', 'authorization_pending');
  await signIn.start(byCode);
  expect(tabs).toEqual([`${SERVER}/device`]);
  expect(slept).toEqual([5000, 5000, 10_000, 10_000]);
  expect(signIn.state).toBeUndefined();
  expect(replica.meta.me).toBe(provider.memberId);
});

test.each([
  ['expired_token', 'expired'],
  ['access_denied', 'cancelled'],
])('a code that ends with %s', async (error, problem) => {
  const { signIn, provider, disk } = setUp();
  provider.device.push('authorization_pending', error);
  await signIn.start(byCode);
  expect(signIn.state).toEqual({ server: SERVER, how: 'code', problem });
  expect(await disk.pending()).toBeUndefined();
});

test('a worker that was ended while it waits is followed by one that goes on, also while out of reach', async () => {
  const { provider, disk, worker, replica, states } = setUp();
  const key = await newKey(replica, SERVER);
  const device = { deviceCode: 'device', userCode: 'ABCD-EFGH', link: `${SERVER}/device`, interval: 5 };
  await disk.write({ pending: { server: SERVER, key, device } });
  provider.device.push('authorization_pending');
  provider.weather.push('down', 'busy', undefined, 'down');
  const next = worker();
  await next.signIn.resume();
  const shown = { server: SERVER, how: 'code', code: 'ABCD-EFGH', link: device.link };
  expect(states).toEqual([shown, undefined]);
  expect(next.replica.meta.me).toBe(provider.memberId);
  expect(await disk.pending()).toBeUndefined();
});

test('a second sign-in, or a stop, makes the first one void', async () => {
  let close: (url: string) => void = () => undefined;
  const { signIn, replica, provider, opened } = setUp(
    () =>
      new Promise((resolve) => {
        close = resolve;
      }),
  );
  const first = signIn.start(window);
  await vi.waitFor(() => expect(opened).toHaveLength(1));
  await signIn.stop();
  close(provider.approve(opened[0] ?? ''));
  await first;
  expect(replica.meta.me).toBeUndefined();
  expect(signIn.state).toBeUndefined();
  // The pairing was never claimed, so that its invitation stays good.
  expect(provider.asked).not.toContain('/oidc/token');

  const second = signIn.start(window);
  await vi.waitFor(() => expect(opened).toHaveLength(2));
  const closeSecond = close;
  const third = signIn.start(window);
  await vi.waitFor(() => expect(opened).toHaveLength(3));
  closeSecond(provider.approve(opened[1] ?? ''));
  await second;
  expect(provider.asked).not.toContain('/oidc/token');
  close(provider.approve(opened[2] ?? ''));
  await third;
  expect(replica.meta.me).toBe(provider.memberId);
});

test.each([
  ['window', 0],
  ['window', 1],
  ['code', 0],
  ['code', 1],
  ['code', 2],
  ['code', 3],
] as const)(
  'by %s, stopped at step %i, before anything is shown: nothing opens, no key stays',
  async (how, at) => {
    const { signIn, provider, disk, opened, tabs } = setUp((url) => provider.approve(url));
    let left: number = at;
    const stop = () => {
      if (left === 0) void signIn.stop();
      left -= 1;
    };
    const { write } = disk;
    const { fetch } = provider;
    disk.write = async (batch) => {
      if (batch.pending) stop();
      await write(batch);
    };
    provider.fetch = async (...input) => {
      stop();
      return fetch(...input);
    };
    await signIn.start({ server: SERVER, how });
    expect(left).toBeLessThan(0);
    expect([opened, tabs, signIn.state]).toEqual([[], [], undefined]);
    await vi.waitFor(async () => expect(await disk.pending()).toBeUndefined());
  },
);
