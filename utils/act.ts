import { browser } from 'wxt/browser';
import type { Actions } from './actions.ts';
import { t } from './i18n.ts';
import { send } from './messages.ts';
import { saveFile } from './save-file.ts';
import { view } from './screen.ts';
import { originPattern } from './server-address.ts';

/** The screens' actions, carried out by the background and the browser. `tab` is the tab shown. */
export function actionsFor(tab: () => number | undefined): Actions {
  return {
    write: (command, form) => send('command.write', { command, ...(form !== undefined && { form }) }),
    discard: (id) => send('command.discard', { id }),
    mend: (id, form, text) => send('command.mend', { id, form, text }),
    replace: (id, command) => send('command.replace', { id, command }),
    move: (id, contactId) => send('command.move', { id, contactId }),
    deny: (contactId, marks) => send('guess.deny', { contactId, marks }),
    search: (q) => send('contact.search', { q }),
    open(contactId) {
      const tabId = tab() ?? view.peek()?.page.tabId;
      return send('contact.open', { contactId, ...(tabId !== undefined && { tabId }) });
    },
    async export(contactId) {
      const all = await send('contact.export', { contactId });
      if (!all) throw new Error(t('contactGone'));
      saveFile(`contact-${contactId}.json`, JSON.stringify(all, null, 2));
    },
    erase: async (contactId, reason) => (await send('contact.erase', { contactId, reason })).erased,
    company: (companyId) => send('company.open', { companyId }),
    allow(host) {
      const origin = originPattern(host);
      // A refusal is an answer: nothing changes, and the button stays.
      if (!origin) return;
      const site = URL.parse(origin.replace(/\*$/, ''))?.hostname ?? '';
      const allowed = browser.permissions.request({ origins: [origin] });
      allowed.then((yes) => yes && send('site.turn', { site, on: true })).catch(() => false);
    },
    options: () => browser.runtime.openOptionsPage().catch(() => undefined),
    readDraft: (form) => send('draft.read', { form }),
    saveDraft(form, text) {
      // Typing goes on all the same: the words are on screen, and the next key tries again.
      send('draft.save', { form, text }).catch(() => undefined);
    },
  };
}
