import { createServer } from 'node:http';
import { freePort } from '../../../scripts/run.ts';
import { PAYLOADS } from '../../fixtures/payloads.ts';
import { unknowns } from './traces.ts';

export interface Pages {
  /** `http://127.0.0.1:1234`, which the build under test may read. */
  url: string;
  /** The same pages on a host that it may not read without asking. */
  closedUrl: string;
  stop(): Promise<void>;
}

const page = (title: string, body: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><body>${body}</body></html>`;

/** A page full of people whom nobody knows. */
export const STRANGERS = unknowns(2000);
const strangers = () => STRANGERS.map(({ name, address }) => `<li>${name} &lt;${address}&gt;</li>`).join('');
/** Text of so many characters, in paragraphs. */
const rules = (length: number) => '<p>Members pay on the first day of a quarter.</p>'.repeat(length / 40);

/** A page's own script that keeps in `seen` all that it can see being done to it. */
const SPY = `
  var seen = [];
  const note = (what) => (seen[seen.length] = String(what));
  const eyes = new MutationObserver((list) => list.forEach(({ type, target }) => note(type + ' ' + target.nodeName)));
  eyes.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  // Until here the browser itself has put the document together; content scripts come later.
  document.addEventListener('DOMContentLoaded', () => { eyes.takeRecords(); seen.length = 0; });
  for (const type of ['error', 'unhandledrejection', 'message', 'messageerror', 'storage', 'focus', 'blur', 'select',
    'selectionchange', 'copy', 'beforeprint', 'securitypolicyviolation', 'rejectionhandled', 'hashchange'])
    addEventListener(type, (event) => { if (event.data !== 'of the page itself') note(type); }, true);
  for (const name of ['log', 'warn', 'error', 'info', 'debug', 'trace', 'table'])
    console[name] = () => note('console.' + name);
  const spied = [
    [Document.prototype, ['createTreeWalker', 'createElement', 'querySelector', 'querySelectorAll', 'getElementById',
      'getElementsByTagName', 'createRange', 'addEventListener']],
    [Element.prototype, ['checkVisibility', 'matches', 'closest', 'getAttribute', 'hasAttribute', 'getBoundingClientRect',
      'querySelectorAll', 'getElementsByTagName', 'attachShadow', 'append']],
    [EventTarget.prototype, ['addEventListener', 'dispatchEvent']],
    [window, ['getComputedStyle', 'fetch', 'postMessage', 'setTimeout', 'requestIdleCallback', 'requestAnimationFrame',
      'queueMicrotask', 'structuredClone']],
    [JSON, ['stringify', 'parse']], [Map.prototype, ['set', 'get']], [Array.prototype, ['map', 'flatMap']],
    [String.prototype, ['includes', 'indexOf', 'normalize']], [RegExp.prototype, ['exec', 'test']],
    [Promise.prototype, ['then']], [MutationObserver.prototype, ['observe']],
  ];
  // Last, and counted by hand: the page's own code uses some of these.
  for (const [owner, names] of spied) for (const name of names) {
    const real = owner[name];
    if (real) owner[name] = function () { seen[seen.length] = 'called ' + name; return real.apply(this, arguments); };
  }
  Object.defineProperty(Object.prototype, 'truce', { get() { seen[seen.length] = 'looked for'; }, set() { seen[seen.length] = 'set'; }, configurable: true });
`;

/** Pages by path. None has anything made for Truce. */
const PAGES: Record<string, (query: URLSearchParams) => string> = {
  '/people': () =>
    page(
      'Attendees',
      `<h1>Attendees</h1><ul id="list">
        <li><a href="mailto:bob.smith@acme.example">Bob Smith</a></li>
        <li>Zoë François, zoe.francois@societe.example</li>
        <li>Somebody Else, somebody.else@nobody-we-know.example</li></ul>
        <form><input value="typed@nobody-we-know.example"></form>`,
    ),
  // Longer than what is walked text by text.
  '/strangers': () => page('Members', `<h1>Members</h1>${rules(150_000)}<ul>${strangers()}</ul>`),
  '/one-stranger': () => page('Contact', '<p>Write to priya.nair@nobody-we-know.example</p>'),
  // Notes whatever it can of what happens to it: see `SPY`.
  '/spied': () =>
    page(
      'Attendees',
      `<script>${SPY}</script><ul><li><a href="mailto:bob.smith@acme.example">Bob Smith</a></li>
        <li>Somebody Else, somebody.else@nobody-we-know.example</li></ul>
        <iframe sandbox="allow-scripts" srcdoc="<script>${SPY.replaceAll('"', '&quot;')}</script>x@nobody-we-know.example"></iframe>`,
    ),
  // Somebody's profile on a network, whoever runs it.
  '/@bob': () =>
    page(
      'Bob (@bob)',
      `<script>${SPY}</script><script type="application/ld+json">{"@context":"https://schema.org","@type":"ProfilePage",
        "mainEntity":{"@type":"Person","name":"Bob Smith","email":"bob.smith@acme.example"}}</script>
        <main><h1>Bob Smith</h1><a rel="me" href="https://www.linkedin.com/in/bob-we-do-not-know">in</a>
        <article><a href="/@somebody">Somebody Else</a> met bob.smith@acme.example</article></main>`,
    ),
  // A mail being written, by the marks of Roundcube.
  '/mail/?_task=mail&_action=compose': () =>
    page(
      'Compose',
      `<script>${SPY}</script><div id="messagestack"></div><form name="form" id="compose-content"><div id="compose-headers">
        <select name="_from"><option value="1" selected>Me &lt;me@nobody-we-know.example&gt;</option></select>
        <textarea name="_to" id="_to" aria-label="To"></textarea><input name="_subject" aria-label="Subject"></div>
        <textarea name="_message" aria-label="Message"></textarea></form>`,
    ),
  // One that comes and goes over what is there.
  '/dialog': () =>
    page(
      'Orders',
      `<script>${SPY}</script><p>Order 17, by somebody.else@nobody-we-know.example</p><button type="button"
        onclick="document.querySelector('dialog').showModal()">Who is it?</button>
        <dialog aria-label="Contact"><h2>Bob Smith</h2><a href="mailto:bob.smith@acme.example">Write to Bob</a>
        <form method="dialog"><button>Close it</button></form></dialog>`,
    ),
  '/payloads': () =>
    page('Texts', `<ul>${PAYLOADS.map((_, n) => `<li>p${n}@payload.example</li>`).join('')}</ul>`),
  '/from': (query) =>
    page('Mail', `<p>From <a href="mailto:${query.get('who')}">${query.get('who')}</a></p>`),
  '/speakers': () =>
    page(
      'Speakers',
      `<h1>Speakers</h1><h3>Ann Lee, Head of Logistics at Acme Logistics</h3><p>${rules(400)}</p>
        <h3>Somebody Else, Buyer at Acme Logistics</h3><h3>Zoë François, guest</h3>`,
    ),
  '/empty': () => page('Empty', '<p>There is nothing here.</p>'),
};

export async function servePages(): Promise<Pages> {
  const port = await freePort();
  const server = createServer((request, response) => {
    const { pathname, search, searchParams } = new URL(request.url ?? '/', 'http://here');
    const found = PAGES[pathname + search] ?? PAGES[pathname];
    response.writeHead(found ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
    response.end(found?.(searchParams) ?? 'not found');
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    closedUrl: `http://localhost:${port}`,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
