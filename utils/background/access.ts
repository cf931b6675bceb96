import browser, { type Scripting } from 'webextension-polyfill';
import { hostsOf, socialSites } from '../detect/networks.ts';
import { Consent } from './consent.ts';

const CONTENT = { id: 'content', file: 'content-script.js' };
const READER = 'reader-script.js';
/** A host that is none: where nothing is left out. */
const NOWHERE = 'https://nowhere.invalid/*';

/** Which sites the user lets Truce read, and the content script that goes with that. */
export class Access {
  #granted: Promise<string[]> | undefined;
  readonly #readable = new Map<string, Promise<boolean>>();
  readonly consent: Consent;
  #registering: Promise<void> = Promise.resolve();

  constructor(consent = new Consent()) {
    this.consent = consent;
  }

  /** Match patterns of web sites, as granted. */
  granted(): Promise<string[]> {
    this.#granted ??= browser.permissions
      .getAll()
      .then(({ origins = [] }) => origins.filter((origin) => /^(https?:|\*:|<all_urls>)/.test(origin)));
    return this.#granted;
  }

  /** Patterns that came with the package and cannot be given back. */
  fixed(): string[] {
    return (browser.runtime.getManifest().host_permissions ?? []).map(String);
  }

  mayRead(url: string): Promise<boolean> {
    const place = URL.parse(url);
    if (!place || !/^https?:$/.test(place.protocol)) return Promise.resolve(false);
    const site = `${place.protocol}//${place.host}`;
    let answer = this.#readable.get(site);
    if (!answer) {
      answer = this.#mayRead(place);
      this.#readable.set(site, answer);
    }
    return answer;
  }

  async #mayRead({ protocol, host, hostname }: URL): Promise<boolean> {
    if (!(await this.consent.covers(hostname))) return false;
    return (
      (await this.contains(`${protocol}//${host}/*`)) || (await this.contains(`${protocol}//${hostname}/*`))
    );
  }

  /** A pattern that the browser can't take (a port, in Firefox) is not granted. */
  contains(origin: string): Promise<boolean> {
    return browser.permissions.contains({ origins: [origin] }).catch(() => false);
  }

  /** Permissions have changed: what was remembered of them is void. */
  forget(): void {
    this.#granted = undefined;
    this.#readable.clear();
  }

  /** Has the browser run the content script on the granted sites, now and after restarts. One at a time. */
  register(): Promise<void> {
    this.#registering = this.#registering
      .then(() => this.#register())
      .catch((error: unknown) => globalThis.reportError(error));
    return this.#registering;
  }

  async #register(): Promise<void> {
    const matches = await this.granted();
    const registered = await browser.scripting.getRegisteredContentScripts({ ids: [CONTENT.id] });
    if (matches.length === 0) {
      if (registered.length > 0) await browser.scripting.unregisterContentScripts({ ids: [CONTENT.id] });
      return;
    }
    const on = await this.consent.all();
    const off = socialSites.flatMap(({ id }) => (on.has(id) ? [] : hostsOf(id)));
    const script = {
      id: CONTENT.id,
      js: [CONTENT.file],
      matches,
      excludeMatches: [NOWHERE, ...off.map((host) => `*://${host}/*`)],
      allFrames: true,
      // Frames without an address of their own (`about:blank`, `srcdoc`) hold mails in some webmails.
      matchOriginAsFallback: true,
      runAt: 'document_idle' as const,
      persistAcrossSessions: true,
    };
    if (registered.length > 0) await browser.scripting.updateContentScripts([script]);
    else await browser.scripting.registerContentScripts([script]);
  }

  /**
   * Runs the content script in every open page that may be read, as in those that were open before it could; what
   * refuses is left. All of them, since a page that is read already may have a frame of the site that was allowed now.
   */
  async injectAll(): Promise<void> {
    const origins = await this.granted();
    if (origins.length === 0) return;
    const tabs = await browser.tabs.query({ url: origins });
    const readable = await Promise.all(tabs.map(async ({ url = '' }) => this.mayRead(url)));
    await Promise.all(tabs.map(({ id }, nth) => id !== undefined && readable[nth] && this.inject(id)));
  }

  /** Whether our script could be run in the tab. */
  inject(tabId: number): Promise<boolean> {
    return this.#run(CONTENT.file, { tabId, allFrames: true });
  }

  /** Has a frame read in which our script runs. Whether it could be. */
  read(tabId: number, frameId: number): Promise<boolean> {
    return this.#run(READER, { tabId, frameIds: [frameId] });
  }

  async #run(file: string, target: Scripting.InjectionTarget): Promise<boolean> {
    try {
      await browser.scripting.executeScript({ target, files: [file] });
      return true;
    } catch {
      return false;
    }
  }
}
