import { expect, test, vi } from 'vitest';
import { holdStream } from '../../../utils/stream/hold.ts';

vi.mock('wxt/browser', () => ({ browser: {} }));

/** Screens of one extension, with the real locks; `holding` are those whose stream runs, in order. */
function screens() {
  const holding: string[] = [];
  const open = (name: string) => {
    const [page, calls] = [new EventTarget(), new EventTarget()];
    let hung = false;
    holdStream({
      ...{ locks: navigator.locks, page, calls },
      async follow(signal) {
        holding.push(name);
        await new Promise((done) => {
          signal.addEventListener('abort', done);
          if (signal.aborted) done(undefined);
        });
        holding.splice(holding.indexOf(name), 1);
        if (hung) await new Promise(() => undefined);
      },
    });
    return {
      event: (what: string) => page.dispatchEvent(new Event(what)),
      take: () => calls.dispatchEvent(new Event('take')),
      hang: () => {
        hung = true;
      },
    };
  };
  return { open, holding };
}

test('one at a time; who closes or is frozen hands over at once, and may come again', async () => {
  const { open, holding } = screens();
  const a = open('a');
  const b = open('b');
  const c = open('c');
  await vi.waitFor(() => expect(holding).toEqual(['a']));
  a.event('freeze');
  await vi.waitFor(() => expect(holding).toEqual(['b']));
  a.event('resume');
  b.event('pagehide');
  await vi.waitFor(() => expect(holding).toEqual(['c']));
  c.event('pagehide');
  await vi.waitFor(() => expect(holding).toEqual(['a']));
  a.event('pagehide');
  await vi.waitFor(() => expect(holding).toEqual([]));
});

test('who is not heard any more is taken over from, and waits for a turn when it comes back', async () => {
  const { open, holding } = screens();
  const a = open('a');
  const b = open('b');
  await vi.waitFor(() => expect(holding).toEqual(['a']));
  // Who holds it already is not meant.
  a.take();
  b.take();
  await vi.waitFor(() => expect(holding).toEqual(['b']));
  b.event('pagehide');
  await vi.waitFor(() => expect(holding).toEqual(['a']));
  a.event('pagehide');
  await vi.waitFor(() => expect(holding).toEqual([]));
});

test('a lock that a hung screen never gives back is taken all the same', async () => {
  const { open, holding } = screens();
  const a = open('a');
  const b = open('b');
  await vi.waitFor(() => expect(holding).toEqual(['a']));
  a.hang();
  a.event('freeze');
  await vi.waitFor(() => expect(holding).toEqual([]));
  b.take();
  await vi.waitFor(() => expect(holding).toEqual(['b']));
  b.event('pagehide');
});
