import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StreamWatch } from '../../../utils/background/stream-watch.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function watch() {
  const heard: unknown[] = [];
  const stream = new StreamWatch<string>({
    onLive: (live) => heard.push(live),
    onBeat: () => heard.push('beat'),
    onSilence: (holder) => heard.push(['silent', holder]),
  });
  return { heard, stream };
}

test('live while it is heard, and not any more when it says so or its screen closes', () => {
  const { heard, stream } = watch();
  stream.said('a', 'trying');
  expect(heard).toEqual([]);
  stream.said('a', 'live');
  stream.said('a', 'live');
  stream.said('a', 'lost');
  expect(heard.splice(0)).toEqual([true, 'beat', false]);
  stream.said('b', 'live');
  stream.gone('a');
  expect(heard.splice(0)).toEqual([true]);
  stream.gone('b');
  expect(heard).toEqual([false]);
});

test('whoever held it before does not speak for whoever holds it now', () => {
  const { heard, stream } = watch();
  stream.said('a', 'live');
  stream.said('b', 'trying');
  stream.said('b', 'live');
  expect(heard.splice(0)).toEqual([true, false, true]);
  stream.said('a', 'lost');
  expect(heard).toEqual([]);
});

test('silence ends it after 50 s, and calls for somebody else', () => {
  const { heard, stream } = watch();
  stream.said('a', 'live');
  vi.advanceTimersByTime(49_000);
  stream.said('a', 'live');
  vi.advanceTimersByTime(49_000);
  expect(heard.splice(0)).toEqual([true, 'beat']);
  vi.advanceTimersByTime(1000);
  expect(heard.splice(0)).toEqual([false, ['silent', 'a']]);
});

test('where nobody says anything somebody is called for, as long as there are screens', () => {
  const { heard, stream } = watch();
  stream.expect();
  vi.advanceTimersByTime(100_000);
  expect(heard.splice(0)).toEqual([['silent', undefined]]);
  stream.rest();
  vi.advanceTimersByTime(1_000_000);
  expect(heard).toEqual([]);
});
