import { launch, openContext, show } from '../detect/browser.ts';
import { bundle } from '../detect/bundle.ts';
import type { Report } from './run.ts';

/** 20,000 text nodes, 2 MB, and as many addresses as asked for: half of them links, half plain text. */
function largePage(addresses: number): string {
  const words =
    'the quarterly numbers look fine and the visit on data day went as planned so we note it here'.split(' ');
  let seed = 1;
  const line = (length: number) => {
    let text = '';
    while (text.length < length) {
      seed = (seed * 48271) % 2147483647;
      text += `${words[seed % words.length]} `;
    }
    return text;
  };
  const every = 10_000 / addresses;
  let html = '';
  for (let n = 0; n < 10_000; n++) {
    const address = `person${n}@host${n % 50}.example`;
    const marked = addresses > 0 && n % every === 0;
    const link = marked && (n / every) % 2 === 0 ? `<a href="mailto:${address}">${address}</a>` : '';
    html += `<p>${line(100)}${marked && link === '' ? address : ''}${link || `<b>${line(80)}</b>`}</p>`;
  }
  return `<!doctype html><title>Large</title><main id="main">${html}</main>`;
}

interface Figures {
  walk: number;
  scan: number;
  added: number;
  found: number;
}

/**
 * A first scan against a bare text walk (every text's characters fetched, nothing asked of them), both in a content
 * script's kind of world, in turns, 45 times each once the compiler has settled, in ms.
 */
const MEASURE = `(() => {
  const time = (run) => { const start = performance.now(); run(); return performance.now() - start; };
  const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
  const walk = (root) => { const walker = document.createTreeWalker(root, 4); let length = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) length += node.data.length; return length; };
  const walks = [], scans = [], adds = [];
  let found = 0;
  document.body.offsetHeight;
  for (let n = 0; n < 57; n++) {
    const a = time(() => walk(document.documentElement));
    const b = time(() => { found = truceScan.detect(document, document.URL).sightings.length; });
    const c = time(() => truceScan.rescan(document.getElementById('main').children[n * 7]));
    if (n > 11) { walks.push(a); scans.push(b); adds.push(c); }
  }
  return { walk: median(walks), scan: median(scans), added: median(adds), found };
})()`;

export async function bench(report: Report): Promise<void> {
  const code = await bundle(new URL('scan-in-page.ts', import.meta.url).pathname, 'truceScan');
  const pages = new Map<string, string>();
  const browser = await launch();
  try {
    const page = await (await openContext(browser, pages)).newPage();
    const session = await page.context().newCDPSession(page);
    const measure = async (html: string): Promise<Figures> => {
      await show(page, 'https://large.example/', html, pages);
      const { frameTree } = await session.send('Page.getFrameTree');
      const { executionContextId } = await session.send('Page.createIsolatedWorld', {
        frameId: frameTree.frame.id,
        worldName: 'truce',
      });
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
        contextId: executionContextId,
        expression: `${code}; globalThis.truceScan = truceScan; ${MEASURE}`,
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(`[scan] ${exceptionDetails.exception?.description}`);
      return result.value as Figures;
    };
    const many = await measure(largePage(500));
    if (many.found !== 500) throw new Error(`[scan] found ${many.found} of 500 addresses`);
    const none = await measure(largePage(0));
    report('bare text walk, 20,000 texts, 2 MB', many.walk, 'ms', '');
    report('first scan, 500 addresses', many.scan, 'ms', '');
    report('first scan to bare walk', many.scan / many.walk, 'times', '≤ 2');
    report('first scan without addresses, to bare walk', none.scan / none.walk, 'times', '≤ 2');
    report('one changed paragraph read again', many.added, 'ms', '≤ 8');
  } finally {
    await browser.close();
  }
}
