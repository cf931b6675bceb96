import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type End, readStream } from '../../../utils/stream/read.ts';
import { fetching, openStream } from './events.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const ticks = () => vi.advanceTimersByTimeAsync(1);

function read(answer: () => Response | Promise<Response>, hold?: Promise<void>) {
  const stop = new AbortController();
  const heard: string[] = [];
  const { fetch, asked } = fetching(answer);
  let end: End | undefined;
  const done = readStream({
    ...{ server: 'https://team.example/base', token: 'secret', since: 7, fetch },
    ...{ now: Date.now, signal: stop.signal },
    onBeat: () => heard.push('beat'),
    async onEvent(name, data) {
      heard.push(`${name} ${JSON.stringify(data)}`);
      await hold;
      if (name === 'bad') throw new Error('not taken');
    },
  }).then((over) => {
    end = over;
  });
  return { heard, asked, stop, done, end: () => end };
}

test('events come whole and in order, and a beat after those before it', async () => {
  const stream = openStream();
  const { heard, asked, done, end } = read(stream.answer);
  stream.hello();
  stream.write('event: changes\nda');
  stream.write('ta: {"version":8,');
  await ticks();
  expect(heard).toEqual(['beat']);
  stream.write('"x":"ü"}\n\n: \n\n');
  stream.event('changes', { version: 9 });
  await ticks();
  expect(heard).toEqual(['beat', 'changes {"version":8,"x":"ü"}', 'beat', 'changes {"version":9}', 'beat']);
  expect(asked).toEqual([{ url: 'https://team.example/base/v1/stream?since=7', bearer: 'Bearer secret' }]);
  stream.end();
  await done;
  expect(end()).toEqual({ why: 'cut' });
});

test('a beat is not heard before the events ahead of it are taken', async () => {
  const stream = openStream();
  const { promise, resolve } = Promise.withResolvers<void>();
  const { heard } = read(stream.answer, promise);
  stream.hello();
  await ticks();
  stream.event('changes', { version: 8 });
  stream.beat();
  await ticks();
  expect(heard).toEqual(['beat', 'changes {"version":8}']);
  resolve();
  await ticks();
  expect(heard.slice(2)).not.toEqual([]);
  expect(new Set(heard.slice(2))).toEqual(new Set(['beat']));
});

test('where it does not begin in 5 s it is held back, also when the answer has come', async () => {
  for (const answer of [openStream().answer, () => new Promise<Response>(() => undefined)]) {
    const { done, end, heard } = read(answer);
    await vi.advanceTimersByTimeAsync(4900);
    expect(end()).toBeUndefined();
    await vi.advanceTimersByTimeAsync(200);
    await done;
    expect(end()).toEqual({ why: 'held' });
    expect(heard).toEqual([]);
  }
});

test('beats keep it; 45 s of silence end it, whatever the clock does', async () => {
  const stream = openStream();
  const { end, done } = read(stream.answer);
  stream.hello();
  for (let n = 0; n < 10; n += 1) {
    await vi.advanceTimersByTimeAsync(20_000);
    stream.beat();
  }
  await vi.advanceTimersByTimeAsync(40_000);
  expect(end()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(11_000);
  await done;
  expect(end()).toEqual({ why: 'cut' });

  for (const day of [-86_400_000, 86_400_000]) {
    const other = openStream();
    const reading = read(other.answer);
    other.hello();
    await ticks();
    vi.setSystemTime(Date.now() + day);
    await vi.advanceTimersByTimeAsync(60_000);
    await reading.done;
    expect(reading.end()).toEqual({ why: 'cut' });
  }
});

test.each([
  [new Response('', { status: 404 }), { why: 'held' }],
  [new Response('<html>', { headers: { 'content-type': 'text/html' } }), { why: 'held' }],
  [new Response('', { status: 500 }), { why: 'held' }],
  [new Response('', { status: 429, headers: { 'retry-after': '30' } }), { why: 'busy', retryAfter: 30_000 }],
  [new Response('', { status: 503 }), { why: 'busy', retryAfter: 0 }],
  [
    Response.json({ error: { code: 'token', message: '' } }, { status: 401 }),
    { why: 'refused', code: 'token' },
  ],
  [new Response('', { status: 401 }), { why: 'refused', code: undefined }],
])('an answer that is no stream: %#', async (response, expected) => {
  const { done, end } = read(() => response);
  await done;
  expect(end()).toEqual(expected);
});

test('no answer, an event that cannot be read or was not taken, and a stop end it', async () => {
  const away = read(() => Promise.reject(new TypeError('network')));
  await away.done;
  expect(away.end()).toEqual({ why: 'unreached' });

  for (const bad of ['event: changes\ndata: {"ver\n\n', 'event: bad\ndata: {}\n\n']) {
    const stream = openStream();
    const reading = read(stream.answer);
    stream.hello();
    stream.write(bad);
    await reading.done;
    expect(reading.end()).toEqual({ why: 'cut' });
  }

  const stream = openStream();
  const reading = read(stream.answer);
  stream.hello();
  await ticks();
  reading.stop.abort();
  await reading.done;
  expect(reading.end()).toEqual({ why: 'stopped' });
});
