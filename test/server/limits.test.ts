import { request } from 'node:http';
import { connect } from 'node:net';
import { serve } from '@hono/node-server';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSettings } from '../../server/settings.ts';
import { addressOf, networkOf } from '../../server/walls/address.ts';
import { SERVER_OPTIONS } from '../../server/walls/listen.ts';
import { createRate } from '../../server/walls/rates.ts';
import { Busy, createTurns } from '../../server/walls/turns.ts';

test('without trusted proxies no header says where a request comes from', () => {
  const of = addressOf('');
  expect(of({ remote: '203.0.113.7', forwarded: '10.0.0.1' })).toBe('203.0.113.7');
  expect(of({ remote: '::ffff:203.0.113.7', forwarded: undefined })).toBe('203.0.113.7');
  expect(of({ remote: undefined, forwarded: '10.0.0.1' })).toBe('unknown');
});

test('behind so many proxies, what a client writes in front changes nothing', () => {
  const [one, two] = [addressOf('1'), addressOf('2')];
  const remote = '127.0.0.1';
  expect(one({ remote, forwarded: undefined })).toBe('127.0.0.1');
  expect(one({ remote, forwarded: '198.51.100.9' })).toBe('198.51.100.9');
  expect(one({ remote, forwarded: '1.1.1.1, 198.51.100.9' })).toBe('198.51.100.9');
  expect(one({ remote, forwarded: '198.51.100.9:4711' })).toBe('198.51.100.9');
  expect(one({ remote, forwarded: 'unknown' })).toBe('127.0.0.1');
  expect(two({ remote, forwarded: '1.1.1.1,198.51.100.9 , 10.1.1.1' })).toBe('198.51.100.9');
  expect(two({ remote, forwarded: 'x, 10.1.1.1' })).toBe('10.1.1.1');
});

test('behind proxies known by address, it is the first that is none of them', () => {
  const of = addressOf('10.0.0.0/8, fd00::/8, 127.0.0.1');
  const remote = '10.2.3.4';
  expect(of({ remote: '203.0.113.7', forwarded: '1.1.1.1' })).toBe('203.0.113.7');
  expect(of({ remote, forwarded: '1.1.1.1, 203.0.113.7, 10.9.9.9' })).toBe('203.0.113.7');
  expect(of({ remote: 'fd00::1', forwarded: '2001:DB8:0:0::1' })).toBe('2001:db8::1');
  expect(of({ remote, forwarded: '"[2001:db8::1]:443"' })).toBe('2001:db8::1');
  expect(of({ remote, forwarded: '[2001:db8::1%eth0]' })).toBe('2001:db8::1');
  expect(of({ remote: '::ffff:10.2.3.4', forwarded: '::ffff:1.2.3.4' })).toBe('1.2.3.4');
  expect(of({ remote, forwarded: '1.1.1.1, <script>, 10.0.0.2' })).toBe('10.0.0.2');
  expect(of({ remote, forwarded: '10.0.0.5' })).toBe('10.0.0.5');
});

test('whatever the header says, the answer is an address that stands in it or the socket’s', () => {
  const text = fc.oneof(fc.string(), fc.ipV4(), fc.ipV6(), fc.constantFrom('10.0.0.1', '[::1]:1', ',', '"'));
  fc.assert(
    fc.property(fc.array(text), fc.constantFrom('1', '3', '10.0.0.0/8,::/0'), (parts, trusted) => {
      const found = addressOf(trusted)({ remote: '10.0.0.9', forwarded: parts.join(',') });
      expect(found).toMatch(/^[0-9a-f.:]+$/);
      expect(networkOf(found)).toMatch(/^[0-9a-f.:]+$/);
    }),
  );
});

test('addresses of one customer count as one', () => {
  expect(networkOf('203.0.113.7')).toBe('203.0.113.7');
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2');
  expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0');
  expect(networkOf('::1')).toBe('0:0:0:0');
});

test('settings of the walls are checked at the start', () => {
  const { walls } = readSettings({ TRUCE_TRUSTED_PROXIES: '2', TRUCE_EXTENSION_IDS: `${'b'.repeat(32)}` });
  expect(walls).toMatchObject({ trustedProxies: '2', extensionIds: ['b'.repeat(32)], person: 300 });
  for (const [name, value] of [
    ['TRUCE_EXTENSION_IDS', '*'],
    ['TRUCE_EXTENSION_IDS', `chrome-extension://${'b'.repeat(32)}`],
    ['TRUCE_TRUSTED_PROXIES', 'all'],
    ['TRUCE_TRUSTED_PROXIES', '10.0.0.0/99'],
    ['TRUCE_TRUSTED_PROXIES', '0'],
    ['TRUCE_LIMIT_PERSON', '0'],
    ['TRUCE_LIMIT_CONNECTIONS', 'many'],
  ] as const) {
    expect(() => readSettings({ [name]: value }), `${name}=${value}`).toThrow(name);
  }
});

test('a rate runs out, says for how long, and is each key’s own', async () => {
  const rate = createRate(3, 60);
  for (let n = 0; n < 3; n += 1) expect(await rate.take('a')).toBeUndefined();
  expect(await rate.look('a')).toBe(60);
  expect(await rate.take('a')).toBe(60);
  expect(await rate.take('b')).toBeUndefined();
  expect(await rate.look('b')).toBeUndefined();
});

const LIMITS = { slots: 4, perPerson: 10, perWorkspace: 30, flood: 12, rest: 2, about: 1000 };

test('a workspace alone has the whole server, and half of it once another is about', async () => {
  let now = 0;
  const turns = createTurns(LIMITS, () => now);
  const ends: (() => void)[] = [];
  const taken = { a: 0, b: 0 };
  const take = (id: 'a' | 'b', person = 'p') =>
    void turns.take(id, person).then((end) => {
      taken[id] += 1;
      ends.push(end);
    });
  const settle = () => new Promise((done) => setImmediate(done));
  for (let n = 0; n < 10; n += 1) take('a');
  await settle();
  expect(taken).toEqual({ a: 4, b: 0 });
  take('b');
  await settle();
  expect(taken).toEqual({ a: 4, b: 0 });
  ends.shift()?.();
  await settle();
  expect(taken).toEqual({ a: 4, b: 1 });
  ends.splice(0, 2).map((end) => end());
  await settle();
  expect(taken).toEqual({ a: 5, b: 1 });
  // b has gone; its share is given back.
  ends.splice(1, 1)[0]?.();
  now = 5000;
  take('a');
  await settle();
  expect(taken).toEqual({ a: 7, b: 1 });
});

test('beside others, a flood gets one turn at a time and rests after each; alone it does not', async () => {
  let now = 0;
  const turns = createTurns(LIMITS, () => now);
  const ends: (() => void)[] = [];
  let taken = 0;
  const take = (id: string, person: string) =>
    void turns.take(id, person).then((end) => {
      taken += 1;
      ends.push(end);
    });
  const settle = () => new Promise((done) => setTimeout(done, 20));
  for (let n = 0; n < 30; n += 1) take('a', `p${n % 5}`);
  await settle();
  expect(taken).toBe(4);
  take('b', 'p');
  await settle();
  expect(taken).toBe(4);
  now = 10;
  for (const end of ends.splice(0, 4)) end();
  await settle();
  // b's, and none of a's before it has rested.
  expect(taken).toBe(5);
  now = 40;
  take('b', 'p');
  await settle();
  expect(taken).toBe(7);
  now = 5000;
  for (const end of ends.splice(0)) end();
  now = 9000;
  take('a', 'p1');
  await settle();
  expect(taken).toBe(11);
});

test('nobody waits behind one colleague, who gets so many turns at once and no more', async () => {
  const turns = createTurns({ ...LIMITS, slots: 1 });
  const order: string[] = [];
  const end = await turns.take('a', 'p');
  const run = async (person: string) => {
    const done = await turns.take('a', person);
    order.push(person);
    done();
  };
  const all = [run('p'), run('p'), run('p'), run('q'), run('q')];
  end();
  await Promise.all(all);
  expect(order.slice(0, 4).filter((person) => person === 'q')).toHaveLength(2);
  const last = await turns.take('a', 'p');
  const waiting = Array.from({ length: 9 }, () => turns.take('a', 'p'));
  await expect(turns.take('a', 'p')).rejects.toBeInstanceOf(Busy);
  await expect(Promise.race([turns.take('b', 'p'), 'waits'])).resolves.toBe('waits');
  last();
  for (const one of waiting) (await one)();
});

test('turns are counted right whatever comes and goes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(2), fc.nat(3)), { maxLength: 60 }), async (asked) => {
      const turns = createTurns(LIMITS);
      let [running, most, refused] = [0, 0, 0];
      await Promise.all(
        asked.map(async ([workspace, person]) => {
          try {
            const end = await turns.take(`w${workspace}`, `p${person}`);
            running += 1;
            most = Math.max(most, running);
            await new Promise((done) => setImmediate(done));
            running -= 1;
            end();
          } catch (error) {
            if (!(error instanceof Busy)) throw error;
            refused += 1;
          }
        }),
      );
      expect(running).toBe(0);
      expect(most).toBeLessThanOrEqual(LIMITS.slots);
      expect(refused).toBeLessThan(Math.max(1, asked.length));
    }),
  );
});

test('who sends slowly, or headers without end, is cut off', async () => {
  const options = {
    ...SERVER_OPTIONS,
    requestTimeout: 400,
    headersTimeout: 200,
    connectionsCheckingInterval: 50,
  };
  expect(SERVER_OPTIONS).toMatchObject({ requestTimeout: 30_000, headersTimeout: 10_000 });
  const server = serve({ fetch: async (r) => new Response(await r.text()), port: 0, serverOptions: options });
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as { port: number };
  const slow = (text: string) =>
    new Promise<string>((done) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(text));
      let heard = '';
      socket.on('data', (bytes) => (heard += String(bytes)));
      socket.on('close', () => done(heard));
      socket.on('error', () => done(heard));
    });
  expect(await slow('GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ')).toContain('408');
  expect(await slow('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nx')).toContain('408');
  const status = await new Promise((done) => {
    const asking = request({ port, headers: { 'x-long': 'x'.repeat(20_000) } }, (r) => done(r.statusCode));
    asking.on('error', () => done('cut'));
    asking.end();
  });
  expect([431, 'cut']).toContain(status);
  server.close();
});
