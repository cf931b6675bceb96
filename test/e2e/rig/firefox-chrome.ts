import { writeFileSync } from 'node:fs';
import type { Browser } from 'puppeteer-core';
import { describeTarget, locate, type Target } from './locate.ts';
import { matches, type Surface, until, waitUntilText } from './screen.ts';

type Send = (method: string, params: object) => Promise<{ result: unknown }>;

/** Code that runs in the browser's own window (`--remote-allow-system-access`). */
export class FirefoxChrome {
  readonly #send: Send;
  #nonce = 0;

  constructor(browser: Browser) {
    // Puppeteer types only the commands it uses itself; Firefox takes these besides.
    const { connection } = browser as unknown as { connection: { send: Send } };
    this.#send = (method, params) => connection.send(method, params);
  }

  /** Evaluates an expression in the first browser window; promises are awaited. */
  async run<R>(expression: string): Promise<R> {
    const tree = (await this.#send('browsingContext.getTree', { 'moz:scope': 'chrome' })).result;
    const { contexts } = tree as { contexts: { context: string }[] };
    const answer = (
      await this.#send('script.evaluate', {
        expression: `(async () => JSON.stringify(await (${expression})))()`,
        target: { context: contexts[0]?.context },
        awaitPromise: true,
      })
    ).result as { result?: { value?: string }; exceptionDetails?: { text: string } };
    if (answer.exceptionDetails) throw new Error(`[firefox] ${answer.exceptionDetails.text}`);
    const json = answer.result?.value;
    return (json === undefined ? undefined : JSON.parse(json)) as R;
  }

  /** Evaluates a function's source in the document that the `<browser>` element given by `host` shows. */
  inside<R>(host: string, source: string): Promise<R> {
    this.#nonce += 1;
    const name = `rig:${this.#nonce}`;
    const frameScript = `(() => {
      const document = content.document;
      let answer;
      try { answer = { value: (${source})(document, content) }; } catch (error) { answer = { error: String(error) }; }
      sendAsyncMessage(${JSON.stringify(name)}, JSON.stringify(answer));
    })()`;
    return this.run<R>(`new Promise((resolve, reject) => {
      const browser = ${host};
      if (!browser) return reject(new Error('not open'));
      // A document that is replaced at this moment never answers.
      setTimeout(() => reject(new Error('no answer')), 2000);
      browser.messageManager.addMessageListener(${JSON.stringify(name)}, ({ data }) => {
        const { value, error } = JSON.parse(data);
        if (error) reject(new Error(error)); else resolve(value);
      });
      browser.messageManager.loadFrameScript('data:,' + encodeURIComponent(${JSON.stringify(frameScript)}), false);
    })`);
  }

  /** The document in `host` as a surface; clicks and typing there are synthetic. */
  surface(host: string): Surface & { shot(path: string): Promise<string> } {
    const at = async (target: Target, action: string) => {
      const query = JSON.stringify(target);
      const done = await until(10_000, async () => {
        const source = `(document, content) => {
          const node = (${locate})(document, ${query});
          if (!node) return false;
          ${action}
          return true;
        }`;
        return (await this.inside<boolean>(host, source).catch(() => false)) || undefined;
      });
      if (!done) throw new Error(`waited 10 s for ${describeTarget(target)}`);
    };
    const text = (selector = 'body') =>
      this.inside<string>(host, `(d) => d.querySelector(${JSON.stringify(selector)})?.innerText ?? ''`);
    return {
      text,
      waitForText: (wanted, { timeout = 10_000 } = {}) =>
        waitUntilText(text, (now) => matches(now, wanted), `${wanted} in ${host}`, timeout),
      click: (target) => at(target, 'node.click();'),
      fill: (target, value) =>
        at(
          target,
          `node.focus(); node.value = ${JSON.stringify(value)};
          for (const type of ['input', 'change']) node.dispatchEvent(new content.Event(type, { bubbles: true }));`,
        ),
      shot: async (path) => {
        const url = await this.run<string>(`(async () => {
          const bitmap = await ${host}.browsingContext.currentWindowGlobal.drawSnapshot(null, 1, 'white');
          const canvas = document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas');
          canvas.width = bitmap.width; canvas.height = bitmap.height;
          canvas.getContext('2d').drawImage(bitmap, 0, 0);
          return canvas.toDataURL('image/png');
        })()`);
        writeFileSync(path, Buffer.from(url.split(',')[1] ?? '', 'base64'));
        return path;
      },
    };
  }
}
