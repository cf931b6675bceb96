import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startBackground } from '../../../utils/background/start.ts';
import { MESSAGES } from '../../../utils/message-schemas.ts';
import type { Disk } from '../../../utils/replica/disk.ts';
import { memoryDisk } from '../../../utils/replica/memory-disk.ts';
import { KINDS, malformed, validPayloads } from '../../fixtures/malformed.ts';
import { times } from '../../series.ts';
import { idOf } from '../replica/samples.ts';
import { packOf } from '../replica/tags/samples.ts';

/**
 * The whole background as it runs, with a browser that notes what is asked of it: messages that no part of ours
 * would send have no effect whatever, from whomever they come.
 */
const BASE = 'chrome-extension://self/';
const stub = await vi.hoisted(async () => {
  const { createBrowser } = await import('./stub-browser.ts');
  const base = 'chrome-extension://self/';
  return createBrowser(
    {
      'runtime.id': 'self',
      'runtime.getURL': (path: string) => `${base}${path}`,
      'runtime.getManifest': () => ({}),
    },
    {
      'storage.session.get': () => ({}),
      'permissions.getAll': () => ({ origins: ['https://mail.example/*'] }),
      'permissions.contains': () => true,
      'scripting.getRegisteredContentScripts': () => [],
      'scripting.executeScript': () => [],
      'tabs.query': () => [],
    },
  );
});
const written: string[] = [];

vi.mock('webextension-polyfill', () => ({ default: stub.browser }));
vi.mock('wxt/browser', () => ({ browser: stub.browser }));
vi.mock('../../../utils/replica/open.ts', () => ({ openDisk: async () => watchedDisk }));

const inner = memoryDisk();
const watchedDisk: Disk = new Proxy(inner, {
  get(disk, name: keyof Disk) {
    if (!/^(write|append|save|drop|delete|clear|wipe)/.test(name)) return disk[name];
    return (...args: never[]) => {
      written.push(name);
      return (disk[name] as (...args: never[]) => unknown)(...args);
    };
  },
});

const tab = { id: 4, index: 0, windowId: 1, url: 'https://mail.example/' };
const page = { id: 'self', url: 'https://mail.example/', origin: 'https://mail.example', tab, frameId: 0 };
const screen = { id: 'self', url: `${BASE}sidepanel.html`, origin: BASE.slice(0, -1) };

/** As browsers tell of them: who they are, and what they may send if anything. */
const SENDERS: Record<string, { told: object; as?: 'screen' | 'content' }> = {
  'a screen of ours': { told: screen, as: 'screen' },
  'our script in a page': { told: page, as: 'content' },
  'our script in a sandboxed frame': {
    told: { ...page, url: 'about:srcdoc', origin: 'null', frameId: 3 },
    as: 'content',
  },
  'another extension': {
    told: { id: 'other', url: 'chrome-extension://other/x.html', origin: 'chrome-extension://other' },
  },
  'nobody known': { told: { url: 'https://evil.example/', tab, frameId: 0 } },
  'a page that claims our address': {
    told: { ...page, url: `${BASE}options.html`, origin: 'https://evil.example' },
  },
  'a page that claims our origin': {
    told: { ...page, url: 'https://evil.example/', origin: BASE.slice(0, -1) },
  },
  'somebody outside of any tab': {
    told: { id: 'self', url: 'https://mail.example/', tab: { id: -1 }, frameId: 0 },
  },
  'nobody at all': { told: {} },
};

const fetched = vi.fn(async () => new Response('', { status: 500 }));
const reported = vi.fn();
const rejected = vi.fn();
let send: (message: unknown, told: object) => Promise<unknown>;
let connect: (port: object) => void;

beforeAll(async () => {
  vi.stubGlobal('fetch', fetched);
  vi.stubGlobal('reportError', reported);
  vi.stubGlobal('addEventListener', () => undefined);
  process.on('unhandledRejection', rejected);
  await inner.write({
    meta: { server: 'https://team.example', workspaceId: idOf(1) },
    tags: packOf(),
  });
  startBackground();
  send = stub.listeners.get('runtime.onMessage')?.[0] as typeof send;
  connect = stub.listeners.get('runtime.onConnect')?.[0] as typeof connect;
  await settle();
});
afterAll(() => {
  process.off('unhandledRejection', rejected);
  vi.unstubAllGlobals();
});
beforeEach(() => {
  written.length = 0;
  stub.effects.length = 0;
  fetched.mockClear();
  reported.mockClear();
});

/** Malformed messages of each kind. */
const EACH = times(1000, 200);

const settle = () => new Promise((done) => setTimeout(done, 20));

/** Nothing written, sent, asked of the browser, thrown or reported. */
async function expectNoEffect(): Promise<void> {
  await settle();
  expect({ written, effects: stub.effects, fetched: fetched.mock.calls }).toEqual({
    ...{ written: [], effects: [], fetched: [] },
  });
  expect(reported).not.toHaveBeenCalled();
  expect(rejected).not.toHaveBeenCalled();
  expect(Object.keys(Object.prototype)).toEqual([]);
}

test('the effects that are looked for are seen when they are there', async () => {
  const [payload] = validPayloads('draft.save');
  expect(await send({ kind: 'draft.save', payload }, screen)).toMatchObject({ data: undefined });
  expect(written).toEqual(['saveDraft']);
  const [read] = validPayloads('page.read');
  expect(await send({ kind: 'page.read', payload: read }, screen)).toEqual({ data: { read: true } });
  expect(stub.effects).toEqual(expect.arrayContaining(['storage.session.set', 'scripting.executeScript']));
  const [report] = validPayloads('page.report');
  expect(await send({ kind: 'page.report', payload: report }, page)).toEqual({ data: undefined });
  await settle();
});

describe.each(KINDS)('%s', (kind) => {
  const bad = malformed(kind, EACH);
  const good = validPayloads(kind).map((payload) => ({ kind, payload }));

  test.each(Object.entries(SENDERS))('malformed from %s', async (_, { told, as }) => {
    const wrong = as === MESSAGES[kind].from ? bad : [...bad, ...good];
    const codes = as === undefined ? /^sender$/ : /^(sender|invalid|outdated)$/;
    for (const message of wrong) {
      const reply = await send(message, told);
      expect(reply).toEqual({ error: { code: expect.stringMatching(codes), message: expect.any(String) } });
      expect(JSON.stringify(reply).length).toBeLessThan(200);
    }
    await expectNoEffect();
  });
});

describe('ports', () => {
  function portOf(name: unknown, told: object | undefined) {
    const heard: ((message: unknown) => void)[] = [];
    const port = {
      name,
      sender: told,
      disconnect: vi.fn(),
      postMessage: vi.fn(),
      onMessage: { addListener: (one: (message: unknown) => void) => heard.push(one) },
      onDisconnect: { addListener: vi.fn() },
    };
    connect(port);
    return { port, heard };
  }

  const strangers = Object.entries(SENDERS).filter(([, { as }]) => as !== 'screen');
  test.each(strangers)('nobody but a screen is let in: %s', async (_, { told }) => {
    for (const name of ['screen', 'screen:4', '', 'x']) {
      const { port, heard } = portOf(name, told);
      expect(port.disconnect).toHaveBeenCalled();
      expect(heard).toEqual([]);
      expect(port.postMessage).not.toHaveBeenCalled();
    }
    expect(portOf('screen', undefined).port.disconnect).toHaveBeenCalled();
    await expectNoEffect();
  });

  test("a port of another name is closed, also a screen's", async () => {
    for (const name of [
      '',
      'screen:',
      'screen:-1',
      'screen:1e3',
      'screen:99999999999',
      'screen:4\n',
      ' screen',
      'SCREEN',
      '__proto__',
    ]) {
      expect(portOf(name, screen).port.disconnect, JSON.stringify(name)).toHaveBeenCalled();
    }
    await expectNoEffect();
  });

  test('what a screen says over its port is a window, or is not heard', async () => {
    const { heard, port } = portOf('screen', { ...screen, tab });
    // A screen that opens brings badges up to date.
    await settle();
    stub.effects.length = 0;
    for (const message of KINDS.flatMap((kind) => malformed(kind, EACH)))
      for (const one of heard) one(message);
    await expectNoEffect();
    expect(port.disconnect).not.toHaveBeenCalled();
  });
});
