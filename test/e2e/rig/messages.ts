import type { Screen } from './screen.ts';

/** What of the browser's functions is called inside its pages. */
export interface Api {
  runtime: {
    sendMessage(...message: unknown[]): Promise<unknown>;
    connect(...how: unknown[]): {
      onMessage: { addListener(listener: () => void): void };
      onDisconnect: { addListener(listener: () => void): void };
      postMessage(message: unknown): void;
    };
  };
  scripting: { executeScript(what: object): Promise<{ result?: unknown }[]> };
}
declare const chrome: Api;

/**
 * Sends each message, given as JSON since drivers lose half letters, and what only structured cloning carries.
 * Answers what came back that was no refusal. Runs inside pages: uses nothing from outside itself.
 */
export async function sendAll(text: string): Promise<string[]> {
  const messages: unknown[] = JSON.parse(text);
  const api = (globalThis as { browser?: Api }).browser ?? chrome;
  const cyclic: Record<string, unknown> = { kind: 'site.list' };
  cyclic.payload = cyclic;
  const odd = [undefined, 10n, Number.NaN, new Map([['kind', 'site.list']]), new Date(0), cyclic];
  const wrong: string[] = [];
  for (const message of [...messages, ...odd]) {
    let reply: unknown;
    try {
      const patience = new Promise((done) => setTimeout(done, 2000, { error: { code: 'no answer' } }));
      reply = await Promise.race([api.runtime.sendMessage(message), patience]);
    } catch {
      // The browser itself would not carry it.
      continue;
    }
    const code = (reply as { error?: { code?: string } } | undefined)?.error?.code ?? '';
    if (!/^(?:sender|invalid|outdated)$/.test(code))
      wrong.push(`${code} to ${typeof message} ${String(JSON.stringify(messages.indexOf(message)))}`);
  }
  return wrong;
}

/** The same from where our content script runs in a tab, and a port besides; `screen` is one of our own pages. */
export async function sendFromContent(screen: Screen, tab: number, messages: string): Promise<unknown> {
  return screen.evaluate(
    async (tabId, text) => {
      const api = (globalThis as { browser?: Api }).browser ?? chrome;
      const [frame] = await api.scripting.executeScript({
        target: { tabId },
        args: [text],
        func: async (list: string) => {
          const all: unknown[] = JSON.parse(list);
          const inner = (globalThis as { browser?: Api }).browser ?? chrome;
          const wrong: string[] = [];
          for (const message of all) {
            const reply = (await inner.runtime
              .sendMessage(message)
              .catch(() => ({ error: { code: 'sender' } }))) as {
              error?: { code?: string };
            };
            if (!/^(?:sender|invalid|outdated)$/.test(reply?.error?.code ?? ''))
              wrong.push(JSON.stringify(reply));
          }
          const port = inner.runtime.connect({ name: 'screen' });
          await new Promise<void>((done) => {
            port.onMessage.addListener(() => wrong.push('the port spoke'));
            port.onDisconnect.addListener(done);
          });
          return wrong;
        },
      });
      return frame?.result;
    },
    tab,
    messages,
  );
}
