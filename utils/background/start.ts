import browser, { type Runtime } from 'webextension-polyfill';
import { Auth } from '../auth/auth.ts';
import { openDisk } from '../replica/open.ts';
import { Replica } from '../replica/replica.ts';
import { Sync } from '../sync/sync.ts';
import { Access } from './access.ts';
import { Asking } from './asking.ts';
import { forgetBadge } from './badge.ts';
import { commandHandlers } from './command.ts';
import { companyHandlers } from './company.ts';
import { connectionHandlers } from './connection.ts';
import { contactHandlers } from './contact.ts';
import { definitionHandlers } from './definition.ts';
import { Denials, guessHandlers } from './denials.ts';
import { createDispatcher, type Handlers } from './dispatcher.ts';
import { draftHandlers } from './draft.ts';
import { Gate } from './gate.ts';
import { Misses } from './misses.ts';
import { Names } from './names.ts';
import { pageHandlers } from './page.ts';
import { PageStates } from './page-states.ts';
import { Pages } from './pages.ts';
import { presetServer, watchPreset } from './preset.ts';
import { privacyHandlers } from './privacy.ts';
import { Recipes } from './recipes.ts';
import { Refresh } from './refresh.ts';
import { rereader } from './reread.ts';
import { Screens } from './screens.ts';
import { classify } from './sender.ts';
import { sessionDisk } from './session-disk.ts';
import { sessionShelf, startSignIn, stayAwake } from './sign-in.ts';
import { siteHandlers } from './site.ts';
import { streamHandlers } from './stream.ts';
import { teamHandlers } from './team.ts';
import { Tending } from './tending.ts';

const ALARM = 'sync';
const MINUTE = 60_000;

/**
 * Puts the background together. Every listener is there when this returns, since the browser may start
 * the background for any of their events; before one comes, only the copy is opened, which nearly all of them need.
 */
export function startBackground(): void {
  const refresh = new Refresh(() => ({ ...parts, screens }));
  const changed = () => {
    gate.note();
    refresh.later();
  };
  const replica = new Replica(openDisk, sessionDisk);
  const auth = new Auth({ replica, shelf: sessionShelf, fetch: (...input) => globalThis.fetch(...input) });
  const sync = new Sync({
    ...{ replica, auth, onChange: changed },
    // Frames may have gone without a word; and a call to the browser keeps it from ending us while we are seen.
    onTick: () => {
      for (const tabId of screens.tabIds()) if (tabId !== undefined) void pages.check(tabId);
      stayAwake();
      void tending.tend();
      void recipes.tend();
    },
    onWiped: () => {
      void denials.clear();
      void misses.clear();
      void pages.load().then(() => pages.ids().map((tabId) => pages.close(tabId)));
    },
    onPerson: () => screens.renewStream(),
  });
  let set: Promise<string | undefined> | undefined;
  const preset = () => {
    set ??= presetServer();
    return set;
  };
  const access = new Access();
  const gate = new Gate({ replica, sync, onOpen: () => void access.injectAll() });
  const signIn = startSignIn({
    replica,
    auth,
    sync,
    onChange: changed,
    onSignedIn: () => access.injectAll(),
  });
  const pages: Pages = new Pages((tabId) => {
    refresh.later(tabId);
    names.later(tabId);
  });
  const names = new Names(pages);
  const recipes = new Recipes({ replica, sync, onNewer: (ids) => void reread(ids), onChange: changed });
  const misses = new Misses({ pages, recipes, onSettled: refresh.later });
  const reread = rereader({ pages, access, recipes });
  const pageStates = new PageStates(pages, access, misses, recipes);
  const denials = new Denials();
  const asking = new Asking(replica, sync);
  const tending = new Tending(replica, sync);
  const parts = { replica, sync, pages, asking, pageStates, denials, signIn, preset };
  const screens = new Screens({
    onCount(count) {
      // A click on the toolbar icon may have opened up what a tab's address is.
      pageStates.forget();
      gate.note();
      sync.setScreens(count);
      void signIn.resume();
    },
    onTab: changed,
    onLive: (live) => sync.setLive(live),
    onBeat: () => sync.beat(),
  });

  const handlers = {
    ...pageHandlers({ pages, access, gate, recipes, misses }),
    ...contactHandlers(parts),
    ...companyHandlers(replica, sync),
    ...definitionHandlers(sync),
    ...commandHandlers(replica, sync, changed),
    ...connectionHandlers(sync, signIn, preset),
    ...draftHandlers(replica, sync),
    ...guessHandlers(denials, changed),
    ...privacyHandlers(replica, sync, changed),
    ...siteHandlers(access, (origins) => onPermissions(origins)),
    ...streamHandlers({ replica, auth, sync }),
    ...teamHandlers(sync),
  } satisfies Handlers;
  const dispatch = createDispatcher(handlers);
  const self = { id: browser.runtime.id, base: browser.runtime.getURL('') };
  browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) =>
    dispatch(message, classify(sender, self)),
  );
  browser.runtime.onConnect.addListener((port) => {
    if (port.sender && classify(port.sender, self).from === 'screen') screens.add(port);
    else port.disconnect();
  });

  watchPreset(() => {
    set = undefined;
    changed();
  });
  browser.tabs.onActivated.addListener(({ tabId, windowId }) => screens.activated(tabId, windowId));
  browser.tabs.onUpdated.addListener((tabId, { status, url }) => {
    if (status === undefined && url === undefined) return;
    pageStates.forget(tabId);
    if (status === 'loading') forgetBadge(tabId);
    void pages.load().then(() => {
      if (url !== undefined) misses.moved(tabId);
      if (status === 'loading') pages.allowOnce(tabId, false);
      return pages.moved(tabId);
    });
  });
  browser.tabs.onRemoved.addListener((tabId) => {
    pageStates.forget(tabId);
    forgetBadge(tabId);
    misses.close(tabId);
    void pages.load().then(() => pages.close(tabId));
    // What was half typed in its popup: nothing would show it again.
    void replica.saveDraft(`popup:${tabId}`, '').catch(() => undefined);
  });

  async function onPermissions(origins: string[] = []): Promise<void> {
    access.forget();
    pageStates.forget();
    await Promise.all([access.register(), pages.load()]);
    await pages.dropUnless((url) => access.mayRead(url));
    if (origins.length > 0) await access.injectAll();
    changed();
  }
  browser.permissions.onAdded.addListener(({ origins }) => void onPermissions(origins));
  browser.permissions.onRemoved.addListener(() => void onPermissions());
  browser.runtime.onInstalled.addListener(() => {
    void access.register().then(() => access.injectAll());
  });
  browser.runtime.onStartup.addListener(() => void access.register());

  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name !== ALARM) return;
    gate.note();
    void sync.wake().then(() => Promise.all([tending.tend(), recipes.tend()]));
    void signIn.resume();
  });
  void browser.alarms.get(ALARM).then((alarm) => {
    // After a clock was set back, an alarm would wait until it has caught up.
    if (alarm && alarm.scheduledTime - Date.now() < 2 * MINUTE) return;
    browser.alarms.create(ALARM, { periodInMinutes: 1 });
  });
  globalThis.addEventListener('online', () => {
    gate.note();
    void sync.wake();
  });
  // The event that started the background takes some milliseconds more. What goes wrong is said to who needs it.
  replica.load().catch(() => undefined);
}
