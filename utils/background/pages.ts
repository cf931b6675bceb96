import * as v from 'valibot';
import browser from 'webextension-polyfill';
import type { Named, PageReport, Sighting } from '../detect/types.ts';
import { BrowserInt, NamedSchema, PageReportSchema } from '../message-schemas.ts';
import { everybody } from './merge.ts';
import { probe } from './probe.ts';
import type { ContentSender } from './sender.ts';

interface Frame {
  frameId: number;
  report: PageReport;
  url: string;
  documentId?: string;
  /** Birth of its document, once probed. */
  mark?: number;
}

/** As it is kept: another version may have written it. */
const KeptFrame: v.GenericSchema<unknown, Frame> = v.object({
  frameId: BrowserInt,
  report: PageReportSchema,
  url: v.string(),
  documentId: v.exactOptional(v.string()),
  mark: v.exactOptional(v.number()),
});
const KeptTab = v.object({
  opened: v.array(v.string()),
  once: v.boolean(),
  named: v.fallback(v.array(NamedSchema), []),
});

/** A page may make as many frames as it likes; that many are read. */
const FRAMES_MAX = 200;

interface Tab {
  frames: Map<number, Frame>;
  /** Contacts opened by hand, the latest first. */
  opened: string[];
  /** Read at the user's click, without a lasting permission. */
  once: boolean;
  /** Names in the page's text, which count once they are known. */
  named: Named[];
  /** Everybody in `frames`, and of `named` whoever is not among them. */
  sightings: Sighting[];
}

/**
 * What the open pages show. Kept in the browser's session storage, so that a worker that was ended loses
 * nothing and no stranger's address gets to disk.
 */
export class Pages {
  readonly #tabs = new Map<number, Tab>();
  readonly #changed: (tabId: number) => void;
  #loaded: Promise<void> | undefined;

  constructor(changed: (tabId: number) => void) {
    this.#changed = changed;
  }

  load(): Promise<void> {
    this.#loaded ??= this.#load();
    return this.#loaded;
  }

  of(tabId: number): Readonly<Tab> | undefined {
    return this.#tabs.get(tabId);
  }

  ids(): number[] {
    return [...this.#tabs.keys()];
  }

  /** A frame's report takes the place of its last. */
  report({ tabId, frameId, url, documentId }: ContentSender, report: PageReport): void {
    const tab = this.#tab(tabId);
    const before = tab.frames.get(frameId);
    if (!before && tab.frames.size >= FRAMES_MAX) return;
    const same = documentId !== undefined && before?.documentId === documentId;
    tab.frames.set(frameId, {
      frameId,
      report,
      url,
      ...(documentId !== undefined && { documentId }),
      ...(same && before?.mark !== undefined && { mark: before.mark }),
    });
    this.#recount(tabId, tab);
    this.#save(tabId, frameId);
    if (!same) void this.check(tabId);
  }

  /** The tab has gone somewhere, or only its address has changed. */
  async moved(tabId: number): Promise<void> {
    const tab = this.#tabs.get(tabId);
    if (tab && tab.frames.size === 0 && tab.opened.length > 0) {
      tab.opened = [];
      this.#saveTab(tabId, tab);
    }
    await this.check(tabId);
    this.#changed(tabId);
  }

  /** Forgets what was read where reading is no longer allowed. */
  async dropUnless(mayRead: (url: string) => Promise<boolean>): Promise<void> {
    for (const [tabId, { frames, once }] of this.#tabs) {
      if (once) continue;
      const all = await Promise.all(
        [...frames.values()].map(async ({ frameId, url }) => ((await mayRead(url)) ? undefined : frameId)),
      );
      this.drop(
        tabId,
        all.filter((frameId) => frameId !== undefined),
      );
    }
  }

  /** Drops the frames whose document is gone. */
  async check(tabId: number): Promise<void> {
    const before = [...(this.#tabs.get(tabId)?.frames.values() ?? [])];
    if (before.length === 0) return;
    const marks = await probe(
      tabId,
      before.map(({ frameId }) => frameId),
    );
    const frames = this.#tabs.get(tabId)?.frames;
    const gone: number[] = [];
    for (const frame of before) {
      // Reported anew meanwhile: the next check sees to it.
      if (frames?.get(frame.frameId) !== frame) continue;
      const mark = marks.get(frame.frameId);
      if (mark === undefined || (frame.mark !== undefined && frame.mark !== mark)) gone.push(frame.frameId);
      else if (frame.mark === undefined) {
        frame.mark = mark;
        this.#save(tabId, frame.frameId);
      }
    }
    this.drop(tabId, gone);
  }

  drop(tabId: number, frameIds: number[]): void {
    const tab = this.#tabs.get(tabId);
    if (!tab || frameIds.length === 0) return;
    for (const frameId of frameIds) tab.frames.delete(frameId);
    void browser.storage.session.remove(frameIds.map((frameId) => frameKey(tabId, frameId)));
    if (frameIds.includes(0)) {
      tab.opened = [];
      tab.once = false;
      tab.named = [];
      this.#saveTab(tabId, tab);
    }
    this.#recount(tabId, tab);
  }

  close(tabId: number): void {
    const tab = this.#tabs.get(tabId);
    if (!tab) return;
    this.#tabs.delete(tabId);
    const keys = [...tab.frames.keys()].map((frameId) => frameKey(tabId, frameId));
    void browser.storage.session.remove([...keys, tabKey(tabId)]);
    this.#changed(tabId);
  }

  /** Puts a contact on top of the tab's view until the page is about somebody else. */
  open(tabId: number, contactId: string): void {
    const tab = this.#tab(tabId);
    tab.opened = [contactId, ...tab.opened.filter((id) => id !== contactId)].slice(0, 10);
    this.#saveTab(tabId, tab);
    this.#changed(tabId);
  }

  /** What the page's text names takes the place of what it named before. */
  name(tabId: number, named: Named[]): void {
    const tab = this.#tabs.get(tabId);
    if (!tab || JSON.stringify(tab.named) === JSON.stringify(named)) return;
    tab.named = named;
    this.#saveTab(tabId, tab);
    this.#recount(tabId, tab);
  }

  /** Lets a tab be read without a lasting permission; `false`: it could not be, or has gone elsewhere before it was. */
  allowOnce(tabId: number, once = true): void {
    const tab = once ? this.#tab(tabId) : this.#tabs.get(tabId);
    if (!tab || tab.once === once || (!once && tab.frames.size > 0)) return;
    tab.once = once;
    this.#saveTab(tabId, tab);
  }

  #tab(tabId: number): Tab {
    let tab = this.#tabs.get(tabId);
    if (!tab) {
      tab = { frames: new Map(), opened: [], once: false, named: [], sightings: [] };
      this.#tabs.set(tabId, tab);
    }
    return tab;
  }

  #recount(tabId: number, tab: Tab): void {
    const focus = focusOf(tab.sightings);
    tab.sightings = everybody([...tab.frames.values()], tab.named);
    const now = focusOf(tab.sightings);
    if (tab.opened.length > 0 && now !== '' && now !== focus) {
      tab.opened = [];
      this.#saveTab(tabId, tab);
    }
    this.#changed(tabId);
  }

  #save(tabId: number, frameId: number): void {
    const frame = this.#tabs.get(tabId)?.frames.get(frameId);
    if (frame) void store(frameKey(tabId, frameId), frame);
  }

  #saveTab(tabId: number, { opened, once, named }: Tab): void {
    void store(tabKey(tabId), { opened, once, named });
  }

  async #load(): Promise<void> {
    const stored = await browser.storage.session.get(null);
    for (const [key, value] of Object.entries(stored)) {
      const [, what, tabId, frameId] = /^(tab|frame):(\d+)(?::(\d+))?$/.exec(key) ?? [];
      if (what === undefined) continue;
      const tab = this.#tab(Number(tabId));
      const kept = what === 'tab' ? v.safeParse(KeptTab, value) : undefined;
      if (kept?.success) Object.assign(tab, kept.output);
      const frame = what === 'frame' ? v.safeParse(KeptFrame, value) : undefined;
      if (frame?.success && !tab.frames.has(Number(frameId))) tab.frames.set(Number(frameId), frame.output);
    }
    for (const [tabId, tab] of this.#tabs) {
      tab.sightings = everybody([...tab.frames.values()], tab.named);
      void this.check(tabId);
    }
  }
}

const frameKey = (tabId: number, frameId: number) => `frame:${tabId}:${frameId}`;
const tabKey = (tabId: number) => `tab:${tabId}`;

/** Session storage is small: what does not fit lives as long as the worker. */
const store = (key: string, value: unknown) =>
  browser.storage.session.set({ [key]: value }).catch(() => undefined);

const focusOf = (sightings: Sighting[]) =>
  sightings
    .filter(({ focus }) => focus)
    .map(({ keys }) => keys[0])
    .join();
