import type { Told } from './tags-worker.ts';

/** What of the browser's functions it calls. */
declare const chrome: { runtime: { sendMessage(asked: unknown): Promise<object> } };

/** What comes back to the page; `trip`: ms from the page's question to the answer. */
export type Relayed = Told & { trip: number; error?: string };

// In a page of another process, as content scripts are: hands questions on, which may start the background.
addEventListener('message', ({ data }: MessageEvent<{ id?: number; asked?: object }>) => {
  const { id, asked } = data;
  if (asked === undefined) return;
  const began = performance.now();
  const back = (given: object) => postMessage({ id, given: { ...given, trip: performance.now() - began } });
  chrome.runtime.sendMessage(asked).then(back, (error: unknown) => back({ error: String(error) }));
});
