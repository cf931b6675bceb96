import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ElementHandle, Frame, Page } from 'puppeteer-core';
import { describeTarget, locate, type Target } from './locate.ts';

/** What a test does with a page, whichever browser and whichever way it is reached. */
export interface Surface {
  text(selector?: string): Promise<string>;
  waitForText(wanted: string | RegExp, options?: { timeout?: number }): Promise<string>;
  click(target: Target): Promise<void>;
  fill(target: Target, value: string): Promise<void>;
}

/** A page, panel, popup or frame. Every wait ends with a message that quotes what was there instead. */
export class Screen implements Surface {
  readonly page: Page;
  readonly #surface: Page | Frame;
  /** The browser's number of the tab; 0 for a panel or a popup. */
  readonly tabId: number;

  constructor(page: Page, tabId = 0, frame?: Frame) {
    this.page = page;
    this.#surface = frame ?? page;
    this.tabId = tabId;
  }

  /** The frame whose address contains `part`. */
  async frame(part: string, timeout = 10_000): Promise<Screen> {
    const frame = await until(timeout, () => this.page.frames().find((each) => each.url().includes(part)));
    if (!frame) throw new Error(`no frame at …${part}: ${this.page.frames().map((each) => each.url())}`);
    return new Screen(this.page, this.tabId, frame);
  }

  evaluate<A extends unknown[], R>(task: (...args: A) => R | Promise<R>, ...args: A): Promise<R> {
    return this.#surface.evaluate(task as (...args: unknown[]) => R, ...args) as Promise<R>;
  }

  /** Text as it is rendered. */
  async text(selector = 'body'): Promise<string> {
    return this.evaluate((at) => {
      const element = document.querySelector(at);
      return element instanceof HTMLElement ? element.innerText : '';
    }, selector);
  }

  /** Resolves with the text once it matches. */
  async waitForText(wanted: string | RegExp, { timeout = 10_000, within = 'body' } = {}): Promise<string> {
    return this.#waitText((text) => matches(text, wanted), `${wanted}`, timeout, within);
  }

  async waitForNoText(
    unwanted: string | RegExp,
    { timeout = 10_000, within = 'body' } = {},
  ): Promise<string> {
    return this.#waitText((text) => !matches(text, unwanted), `no ${unwanted}`, timeout, within);
  }

  #waitText(good: (text: string) => boolean, what: string, timeout: number, within: string) {
    return waitUntilText(() => this.text(within), good, `${what} in ${this.page.url()}`, timeout);
  }

  async has(target: Target): Promise<boolean> {
    return (await this.#find(target)) !== null;
  }

  async click(target: Target): Promise<void> {
    const element = await this.#wait(target);
    await element.evaluate((node) => node.scrollIntoView({ block: 'center', behavior: 'instant' }));
    // The pointer comes first, and may move something; a click is at a place, and would miss what still moves.
    await element.hover();
    await element.evaluate(async (node) => {
      for (let left = 50, before = ''; left > 0; left -= 1) {
        const now = JSON.stringify(node.getBoundingClientRect());
        if (now === before) return;
        before = now;
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    });
    await element.click();
  }

  /** Replaces what a field holds by typing. */
  async fill(target: Target, value: string): Promise<void> {
    const element = await this.#wait(target);
    const date = await element.evaluate((node) => {
      if (!(node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement)) return false;
      node.focus();
      node.select();
      return node.type === 'date';
    });
    if (date) return set(element, value);
    if (value === '') await this.page.keyboard.press('Backspace');
    else await element.type(value);
  }

  /** Picks the option with this label (or one that contains it). */
  async choose(target: Target, label: string): Promise<void> {
    const element = await this.#wait(target);
    const value = await element.evaluate((node, text) => {
      const options = node instanceof HTMLSelectElement ? [...node.options] : [];
      return options.find((option) => option.text.includes(text))?.value;
    }, label);
    if (value === undefined) throw new Error(`no option ${label} in ${describeTarget(target)}`);
    await set(element, value);
  }

  async press(key: 'Enter' | 'Escape' | 'Tab' | 'ArrowDown'): Promise<void> {
    await this.page.keyboard.press(key);
  }

  async front(): Promise<void> {
    await this.page.bringToFront();
  }

  async screenshot(path: string, options: { full?: boolean } = {}): Promise<string> {
    mkdirSync(dirname(path), { recursive: true });
    await this.page.screenshot({ path: path as `${string}.png`, fullPage: options.full ?? false });
    return path;
  }

  async close(): Promise<void> {
    await this.page.close().catch(() => undefined);
  }

  async #find(target: Target): Promise<ElementHandle<Element> | null> {
    const source = `(${locate})(document, ${JSON.stringify(target)})`;
    const handle = await this.#surface.evaluateHandle(source).catch(() => undefined);
    return (handle?.asElement() as ElementHandle<Element> | null | undefined) ?? null;
  }

  async #wait(target: Target, timeout = 10_000): Promise<ElementHandle<Element>> {
    const element = await until(timeout, async () => (await this.#find(target)) ?? undefined);
    if (element) return element;
    const text = await this.text().catch(() => '');
    throw new Error(
      `waited ${timeout} ms for ${describeTarget(target)} in ${this.page.url()}, got:\n${text}`,
    );
  }
}

/** Sets a value as picking it would: with both events. */
async function set(element: ElementHandle<Element>, value: string): Promise<void> {
  await element.evaluate((node, wanted) => {
    if (!(node instanceof HTMLInputElement || node instanceof HTMLSelectElement)) return;
    node.value = wanted;
    for (const type of ['input', 'change']) node.dispatchEvent(new Event(type, { bubbles: true }));
  }, value);
}

/** Reads until the text is good; the error quotes the last one. */
export async function waitUntilText(
  read: () => Promise<string>,
  good: (text: string) => boolean,
  what: string,
  timeout: number,
): Promise<string> {
  let last = '';
  const found = await until(timeout, async () => {
    // A page in the middle of a navigation has no context to ask.
    last = await read().catch(() => '');
    return good(last) ? { last } : undefined;
  });
  if (!found) throw new Error(`waited ${timeout} ms for ${what}, got:\n${last.slice(0, 1500)}`);
  return found.last;
}

export function matches(text: string, wanted: string | RegExp): boolean {
  const flat = text.replace(/\s+/g, ' ');
  return typeof wanted === 'string' ? flat.includes(wanted) : wanted.test(flat);
}

/** Asks every 40 ms until the answer is not undefined; undefined when time is up. */
export async function until<T>(
  timeout: number,
  ask: () => T | undefined | Promise<T | undefined>,
): Promise<T | undefined> {
  for (const end = Date.now() + timeout; ; ) {
    const answer = await ask();
    if (answer !== undefined || Date.now() > end) return answer;
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}
