import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MESSAGES } from '../../utils/message-schemas.ts';
import type { MessageKind } from '../../utils/messages.ts';
import { isValid, KINDS, malformed, validPayloads } from '../fixtures/malformed.ts';
import { type Api, sendAll, sendFromContent } from './rig/messages.ts';
import { Screen, until } from './rig/screen.ts';
import type { Rig } from './rig/types.ts';
import { kind, showOnFailure, World } from './rig/world.ts';

/** The extension's walls in a real browser: who may speak to it, and what a page sees of it. */
let world: World;
let rig: Rig;
let page: Screen;
let panel: Screen;
let options: Screen;
/** Origin of another extension's pages, of which a web page may frame one. */
let other: string;

beforeAll(async () => {
  world = await World.start();
  rig = await world.paired();
  page = await rig.page(`${world.pages.url}/people`);
  panel = await rig.panel(page);
  await panel.waitForText('Bob Marley-Smith', { within: '.who' });
  options = await rig.open('options.html');
  other = await rig.install(join(import.meta.dirname, 'other'));
});
afterAll(() => world?.stop());

declare const chrome: Api;

const plain = (message: unknown): unknown => {
  try {
    const text = JSON.stringify(message) ?? '';
    return text.length > 20_000 ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};
/** Forty of each kind, as far as they outlive the way into the browser. */
const bad = KINDS.flatMap((each) =>
  malformed(each, 400)
    .map(plain)
    .filter((message) => message !== undefined && !isValid(message))
    .slice(0, 40),
);
const good = KINDS.flatMap((each) => validPayloads(each).map((payload) => ({ kind: each, payload }))).map(
  plain,
);

/** Nothing but the usual polling has gone out, nothing waits, and the panel lives. */
async function expectNoEffect(before: number): Promise<void> {
  await page.front();
  await panel.waitForText('Bob Marley-Smith', { within: '.who' });
  expect(await panel.text()).not.toContain('waiting to be sent');
  const since = world.front.requests.slice(before);
  expect(
    since.filter(({ method, path }) => method !== 'GET' || !/^\/v1\/(changes|stream)/.test(path)),
  ).toEqual([]);
}

test('malformed messages from a screen of ours have no effect', async (context) => {
  showOnFailure(context, { panel });
  const before = world.front.requests.length;
  expect(bad.length).toBeGreaterThan(35 * KINDS.length);
  expect(await options.evaluate(sendAll, JSON.stringify(bad))).toEqual([]);
  await expectNoEffect(before);
});

test('a content script is refused whatever is not its own, malformed or not', async (context) => {
  showOnFailure(context, { panel });
  const before = world.front.requests.length;
  const forScreens = good.filter(
    (message) => MESSAGES[(message as { kind: MessageKind }).kind].from !== 'content',
  );
  expect(await sendFromContent(options, page.tabId, JSON.stringify([...bad, ...forScreens]))).toEqual([]);
  await expectNoEffect(before);
});

test('another extension reaches nobody', async (context) => {
  showOnFailure(context, { panel });
  const before = world.front.requests.length;
  const screen = await rig.page(`${other}/page.html`);
  const id = kind === 'firefox' ? 'truce@truce.example' : new URL(rig.origin).host;
  const heard = await screen.evaluate(
    async (target, text) => {
      const messages: unknown[] = JSON.parse(text);
      const api = (globalThis as { browser?: Api }).browser ?? chrome;
      const answers: unknown[] = [];
      for (const message of messages) {
        const reply = await api.runtime.sendMessage(target, message).catch(() => undefined);
        if (reply !== undefined) answers.push(reply);
      }
      for (const name of ['screen', 'screen:1', '']) {
        const port = api.runtime.connect(target, { name });
        await new Promise<void>((done) => {
          port.onMessage.addListener(() => answers.push('the port spoke'));
          port.onDisconnect.addListener(done);
        });
      }
      return answers;
    },
    id,
    JSON.stringify([...bad.slice(0, 100), ...good]),
  );
  expect(heard).toEqual([]);
  await screen.close();
  await expectNoEffect(before);
});

/** Pages of extensions inside a page. */
const framed = async (screen: Screen): Promise<string[]> =>
  (await rig.framed(screen)).filter((url) => /^(?:moz|chrome)-extension:/.test(url));

test('a page has no way in, and none to our pages', async (context) => {
  showOnFailure(context, { panel });
  const before = world.front.requests.length;
  const web = await rig.page(`${world.pages.url}/empty`);
  const reached = await web.evaluate(
    async (origin, text) => {
      const messages: unknown[] = JSON.parse(text);
      const got: string[] = [];
      const api = (globalThis as { chrome?: Partial<Api>; browser?: Partial<Api> }).chrome ?? globalThis;
      if (typeof (api as Partial<Api>).runtime?.sendMessage === 'function') got.push('runtime');
      for (const message of messages) {
        postMessage(message, '*');
        dispatchEvent(new CustomEvent('truce', { detail: message }));
      }
      for (const path of [
        'options.html#connect=server=https://leak.example&token=x',
        'sidepanel.html',
        'content-script.js',
      ]) {
        const frame = document.createElement('iframe');
        frame.src = `${origin}/${path}`;
        document.body.append(frame);
        const image = new Image();
        image.src = `${origin}/icon/16.png`;
        await new Promise((done) => setTimeout(done, 100));
        if (image.naturalWidth > 0) got.push('image');
        const script = document.createElement('script');
        const loaded = new Promise((done) => {
          script.onload = () => done(true);
          script.onerror = () => done(false);
        });
        script.src = `${origin}/${path}`;
        document.body.append(script);
        if (await loaded) got.push(`script ${path}`);
      }
      return got;
    },
    rig.origin,
    JSON.stringify(bad.slice(0, 100)),
  );
  expect(reached).toEqual([]);
  expect(await framed(web)).toEqual([]);
  // A page that may be framed is seen there: so would ours be.
  const allowed = `${other}/page.html`;
  await web.evaluate((url) => {
    document.body.appendChild(document.createElement('iframe')).src = url;
  }, allowed);
  const seen = async () => ((await framed(web)).length > 0 ? framed(web) : undefined);
  expect(await until(5000, seen)).toEqual([allowed]);
  await web.close();
  await expectNoEffect(before);
});

/** What the page at `/spied` has noted since it was there; the driver itself moves the focus. */
const seenIn = async (page: Screen): Promise<string[]> => {
  const seen = await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen.slice());
  return seen.filter((what) => what !== 'blur' && what !== 'focus');
};

test('a page that watches for us sees nothing', async (context) => {
  const spied = await rig.page(`${world.pages.url}/spied`);
  const beside = await rig.panel(spied);
  showOnFailure(context, { spied, beside });
  await beside.waitForText('Bob Marley-Smith', { within: '.who' });
  await beside.waitForText('not known');
  for (const frame of spied.page.frames()) {
    expect(await seenIn(new Screen(spied.page, 0, frame))).toEqual([]);
  }
  // It has eyes: from where our content script runs, an element for the blink of an eye.
  await options.evaluate(async (tabId) => {
    const api = (globalThis as { browser?: Api }).browser ?? chrome;
    await api.scripting.executeScript({
      target: { tabId },
      func: () => document.body.appendChild(document.createElement('i')).remove(),
    });
  }, spied.tabId);
  expect(await seenIn(spied)).toEqual(['childList BODY', 'childList BODY']);
  const traces = await spied.evaluate(() => ({
    // The browser itself asks for the icon.
    resources: performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => !name.endsWith('/favicon.ico')),
    globals: Object.getOwnPropertyNames(globalThis).filter((name) => /truce|extension/i.test(name)),
  }));
  expect(traces).toEqual({ resources: [], globals: [] });
  await spied.close();
});

test('text cannot become markup in our pages, and nothing from outside loads', async () => {
  const tried = await options.evaluate(async (leak) => {
    const done: string[] = [];
    const attempt = (name: string, task: () => unknown) => {
      try {
        task();
        done.push(name);
      } catch {
        // As it should be.
      }
    };
    attempt('innerHTML', () => {
      document.body.appendChild(document.createElement('div')).innerHTML = '<b>x</b>';
    });
    attempt('write', () => document.write('<b>x</b>'));
    attempt('a policy', () =>
      (globalThis as { trustedTypes?: { createPolicy(n: string): void } }).trustedTypes?.createPolicy('x'),
    );
    const script = document.createElement('script');
    attempt('script text', () => {
      script.text = 'globalThis.ran = 1';
    });
    document.body.append(script);
    const link = document.body.appendChild(document.createElement('a'));
    attempt('javascript link', () => {
      link.href = 'javascript:globalThis.ran=1';
      link.click();
    });
    const image = new Image();
    const loaded = new Promise((answer) => {
      image.onload = () => answer('image');
      image.onerror = () => answer(undefined);
    });
    image.src = `${leak}/leak.png`;
    const frame = document.body.appendChild(document.createElement('iframe'));
    frame.src = `${leak}/empty`;
    await loaded;
    await new Promise((answer) => setTimeout(answer, 200));
    return { done: done.filter((name) => name !== 'javascript link'), ran: 'ran' in globalThis };
  }, world.front.url);
  expect(tried).toEqual({ done: [], ran: false });
  expect(world.front.requests.filter(({ path }) => /leak|empty/.test(path))).toEqual([]);
});
