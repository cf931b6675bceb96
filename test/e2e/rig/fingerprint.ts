/** What a page can find out about the browser it is in. Each function runs in the page, alone. */

/** All that a page can see of itself, as plain data that two browsers can be compared by. */
export function visibleTraces(): Record<string, unknown> {
  // First: from here on the page sees us.
  const seen = (globalThis as { seen?: string[] }).seen?.slice() ?? [];
  const names = (owner: object) => Reflect.ownKeys(owner).map(String).toSorted();
  const tree = (node: Node): unknown => {
    if (!(node instanceof Element))
      return node instanceof CharacterData ? [node.nodeType, node.data] : node.nodeName;
    return {
      tag: node.tagName,
      attributes: [...node.attributes].map(({ name, value }) => `${name}=${value}`),
      // Expandos, and what a content script of another world might have left.
      own: names(node),
      shadow: node.shadowRoot ? [...node.shadowRoot.childNodes].map(tree) : null,
      inside: [...node.childNodes].map(tree),
    };
  };
  /** Every property of everything that can be reached by name from the global: what it is, and whether it is native. */
  const builtIns: Record<string, string[]> = {};
  const visit = (path: string, owner: object) => {
    builtIns[path] = names(owner).map((name) => {
      const { value, get, set } = Object.getOwnPropertyDescriptor(owner, name) ?? {};
      const shown = [value, get, set].map((one) =>
        typeof one === 'function' ? Function.prototype.toString.call(one).slice(0, 200) : typeof one,
      );
      return `${name}: ${shown.join(' ')}`;
    });
  };
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    const value = Object.getOwnPropertyDescriptor(globalThis, name)?.value;
    if (typeof value !== 'function' && (typeof value !== 'object' || value === null)) continue;
    // A window's children and the test's own notes are told of elsewhere.
    if (value === globalThis || name === 'seen' || /^\d+$/.test(name)) continue;
    visit(name, value);
    if (typeof value === 'function' && typeof value.prototype === 'object' && value.prototype) {
      visit(`${name}.prototype`, value.prototype);
    }
  }
  const { chrome, browser } = globalThis as { chrome?: object; browser?: object };
  const sheets = [...document.styleSheets, ...document.adoptedStyleSheets];
  return {
    document: [...document.childNodes].map(tree),
    ownOfDocument: names(document),
    globals: names(globalThis).filter((name) => !/^\d+$/.test(name)),
    builtIns,
    navigator: Object.keys(Object.getPrototypeOf(navigator)).toSorted(),
    apis: [chrome, browser].map((api) => (api ? names(api) : null)),
    runtime: typeof (chrome as { runtime?: unknown } | undefined)?.runtime,
    sheets: sheets.map(({ href, cssRules }) => [href, cssRules.length]),
    fonts: [...document.fonts].map(({ family, status }) => [family, status]),
    scripts: document.scripts.length,
    frames: window.length,
    // The icon is asked for by the browser itself.
    entries: performance
      .getEntries()
      .filter(
        ({ entryType, name }) =>
          /^(?:resource|mark|measure|navigation)$/.test(entryType) && !/favicon/.test(name),
      )
      .map(({ entryType, name }) => [entryType, name]),
    focus: document.activeElement?.tagName,
    selection: String(getSelection()),
    scroll: [scrollX, scrollY],
    storage: [names(localStorage), names(sessionStorage), document.cookie],
    // The driver moves the focus; and how often a caret is said to have moved hangs on how fast somebody types.
    seen: seen
      .filter((what) => what !== 'blur' && what !== 'focus')
      .filter((what, n, all) => what !== 'selectionchange' || all[n - 1] !== what),
  };
}

/**
 * All that `PerformanceObserver` tells a page, also of the time before it asked: `kept`, which hangs on no clock, and
 * `timed`, of which a page could tell who ran, but not be the same twice.
 */
export async function observed(): Promise<{ types: string[]; kept: string[]; timed: string[] }> {
  const types = [...PerformanceObserver.supportedEntryTypes];
  const kept: string[] = [];
  const timed: string[] = [];
  const stable =
    /^(?:resource|navigation|mark|measure|element|back-forward-cache-restoration|soft-navigation)$/;
  await Promise.all(
    types.map(
      (type) =>
        new Promise<void>((done) => {
          const observer = new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) {
              // The icon is asked for by the browser itself.
              if (/favicon/.test(entry.name)) continue;
              if (stable.test(type)) kept.push(`${type} ${entry.name}`);
              else timed.push(`${type} ${JSON.stringify(entry)}`);
            }
          });
          observer.observe({ type, buffered: true });
          setTimeout(() => {
            observer.disconnect();
            done();
          }, 300);
        }),
    ),
  );
  return { types, kept: kept.toSorted(), timed };
}

/** What comes of asking for a file of an extension in every way that a page has; nothing of it depends on time. */
export async function probe(origin: string, path: string): Promise<Record<string, string>> {
  const url = `${origin}/${path}`;
  const said = (error: unknown) => String(error).replaceAll(origin, 'ORIGIN').slice(0, 300);
  const element = (tag: string, set: (node: HTMLElement) => void) =>
    new Promise<string>((done) => {
      const node = document.createElement(tag);
      const end = (what: string) => {
        const { width, height } = node.getBoundingClientRect();
        const inner = node instanceof HTMLIFrameElement ? String(node.contentDocument) : '';
        const natural = node instanceof HTMLImageElement ? node.naturalWidth : 0;
        done([what, width > 0, height > 0, inner, natural].join());
        node.remove();
      };
      node.onload = () => end('load');
      node.onerror = () => end('error');
      setTimeout(() => end('nothing'), 4000);
      set(node);
      document.body.append(node);
    });
  const fetched = (options: RequestInit) =>
    fetch(url, options).then(
      (response) => `${response.type} ${response.status}`,
      (error: unknown) => said(error),
    );
  // Vitest would make its own of an import that is written out.
  const load: (url: string) => Promise<unknown> = new Function('url', 'return import(url)') as never;
  const asked = new Promise<string>((done) => {
    const request = new XMLHttpRequest();
    request.onloadend = () => done(`${request.status} ${request.responseText.length}`);
    try {
      request.open('GET', url);
      request.send();
    } catch (error) {
      done(said(error));
    }
  });
  const worker = new Promise<string>((done) => {
    try {
      const made = new Worker(url);
      made.onerror = () => done('error');
      made.onmessage = () => done('message');
    } catch (error) {
      done(said(error));
    }
  });
  const violations: string[] = [];
  const violated = (event: SecurityPolicyViolationEvent) => violations.push(said(event.blockedURI));
  document.addEventListener('securitypolicyviolation', violated);
  const ways = {
    fetch: fetched({}),
    opaque: fetched({ mode: 'no-cors' }),
    head: fetched({ method: 'HEAD', credentials: 'include' }),
    asked,
    worker,
    image: element('img', (node) => node.setAttribute('src', url)),
    script: element('script', (node) => node.setAttribute('src', url)),
    module: element('script', (node) => Object.assign(node, { type: 'module', src: url })),
    style: element('link', (node) => Object.assign(node, { rel: 'stylesheet', href: url })),
    frame: element('iframe', (node) => node.setAttribute('src', url)),
    object: element('object', (node) => node.setAttribute('data', url)),
    loaded: load(url).then(() => 'module', said),
    font: new FontFace('probe', `url("${url}")`).load().then(() => 'font', said),
  };
  const results: Record<string, string> = {};
  for (const [way, result] of Object.entries(ways)) results[way] = await result;
  document.removeEventListener('securitypolicyviolation', violated);
  const entries = performance.getEntriesByType('resource').filter(({ name }) => name === url);
  performance.clearResourceTimings();
  return { ...results, violations: violations.join(), entries: String(entries.length) };
}

/** Speaks to whoever may listen; answers what was heard that the page has not said itself. */
export async function call(id: string): Promise<string[]> {
  const heard: string[] = [];
  const hear = (event: Event) => {
    if (event.isTrusted && !(event instanceof MessageEvent && event.data === 'of the page itself')) {
      heard.push(event.type);
    }
  };
  const types = ['message', 'messageerror', 'error', 'unhandledrejection', 'truce', 'storage', 'connect'];
  for (const type of types) addEventListener(type, hear, true);
  const names = ['truce', 'truce@truce.example', id, 'page.report', 'page.recipes', 'ping', 'extension'];
  for (const name of names) {
    postMessage('of the page itself', '*');
    for (const target of [window, document, document.body]) {
      target.dispatchEvent(new CustomEvent(name, { detail: { kind: name, payload: null }, bubbles: true }));
    }
    new BroadcastChannel(name).postMessage('of the page itself');
  }
  type Runtime = { sendMessage?(id: string, message: unknown): unknown; connect?(id: string): unknown };
  const { chrome, browser } = globalThis as {
    chrome?: { runtime?: Runtime };
    browser?: { runtime?: Runtime };
  };
  for (const api of [chrome, browser]) {
    for (const name of ['sendMessage', 'connect'] as const) {
      if (typeof api?.runtime?.[name] !== 'function') continue;
      try {
        heard.push(`${name}: ${await api.runtime[name](id, { kind: 'page.recipes' })}`);
      } catch (error) {
        heard.push(`${name}: ${String(error).replaceAll(id, 'ID')}`);
      }
    }
  }
  await new Promise((done) => setTimeout(done, 500));
  for (const type of types) removeEventListener(type, hear, true);
  return heard;
}
