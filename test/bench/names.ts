import { launch, openContext, show } from '../detect/browser.ts';
import { bundle } from '../detect/bundle.ts';
import type { Report } from './run.ts';

/** 20,000 texts, 2 MB; among them 2,000 headings and links, of which 200 name somebody. */
function newsPage(): string {
  const letters = (n: number) => [...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
  const text = 'the quarterly numbers look fine and the visit went as planned '.repeat(3);
  let html = '';
  for (let n = 0; n < 9000; n++) {
    if (n % 45 === 0) html += `<h3>Ann L${letters(n)}, CEO of Acme Logistics</h3>`;
    else if (n % 5 === 0)
      html += `<h3>What the numbers say</h3><a href="/story/${n}">read the whole story</a>`;
    html += `<p>${text}<b>again and again</b></p>`;
  }
  return `<!doctype html><title>News</title><main>${html}</main>`;
}

const MEASURE = `(async () => {
  const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
  const walk = () => { const walker = document.createTreeWalker(document, 4); let length = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) length += node.data.length; return length; };
  const walks = [], reads = [], hashes = [];
  let names, keys;
  document.body.offsetHeight;
  for (let n = 0; n < 20; n++) {
    const at = [performance.now()];
    walk(); at.push(performance.now());
    names = truceNames.names(); at.push(performance.now());
    keys = await truceNames.hash(names); at.push(performance.now());
    if (n < 5) continue;
    walks.push(at[1] - at[0]); reads.push(at[2] - at[1]); hashes.push(at[3] - at[2]);
  }
  return { walk: median(walks), read: median(reads), hash: median(hashes), names: names.length, keys };
})()`;

interface Figures {
  walk: number;
  read: number;
  hash: number;
  names: number;
  keys: number;
}

/** Names in plain text: what reading them costs a page, while it is idle, and testing them the background. */
export async function bench(report: Report): Promise<void> {
  const code = await bundle(new URL('names-in-page.ts', import.meta.url).pathname, 'truceNames');
  const pages = new Map<string, string>();
  const browser = await launch();
  try {
    const page = await (await openContext(browser, pages)).newPage();
    await show(page, 'https://news.example/', newsPage(), pages);
    const session = await page.context().newCDPSession(page);
    const { frameTree } = await session.send('Page.getFrameTree');
    const { executionContextId } = await session.send('Page.createIsolatedWorld', {
      frameId: frameTree.frame.id,
      worldName: 'truce',
    });
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      contextId: executionContextId,
      expression: `${code}; globalThis.truceNames = truceNames; ${MEASURE}`,
      returnByValue: true,
      awaitPromise: true,
    });
    if (exceptionDetails) throw new Error(`[names] ${exceptionDetails.exception?.description}`);
    const { walk, read, hash, names, keys } = result.value as Figures;
    if (names !== 200 || keys !== 1000) throw new Error(`[names] ${names} names made ${keys} keys`);
    report('200 names among 2,000 headings and links, in an idle page', read, 'ms', '≤ 16');
    report('200 names among 2,000 headings and links, to bare walk', read / walk, 'times');
    report('200 names with 5 companies each, made keys and hashed', hash, 'ms', '≤ 50');
  } finally {
    await browser.close();
  }
}
