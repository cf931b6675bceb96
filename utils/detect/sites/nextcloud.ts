import type { Recipe } from '../../contract/recipe.ts';

/**
 * Mail of a Nextcloud on anybody's host, after its components and from memory, not tried on a real one. Recipients are
 * bubbles with a name alone, unless the address is the name; Reply-To is not shown.
 */
export const nextcloud: Recipe = {
  id: 'nextcloud',
  version: 2026_11_23_04,
  label: 'Nextcloud Mail',
  kind: 'mail',
  hosts: [],
  // What else a Nextcloud has does not load the app's own script, but for a corner of its first page.
  marks: ['#content.app-mail, #content-vue.app-mail, script[src*="/apps/mail/js/"]'],
  expects: [{ view: 'message', where: ['*://*/apps/mail/box/*/thread/*'] }],
  message: [{ selector: '.envelope--expanded', seen: '2024-01' }],
  sender: [{ selector: '.envelope__header .sender', addressIn: '.sender__email', seen: '2024-01' }],
  recipient: [
    {
      selector: '.envelope__header .user-bubble__name, .envelope__header .user-bubble__title',
      seen: '2024-01',
    },
  ],
  quoted: [{ selector: '.message-container, .mail-message-body', seen: '2024-01' }],
  listed: [{ selector: '.envelope-list [title*="@"]', address: 'title', seen: 'guess' }],
  compose: [{ selector: '.composer', seen: 'guess' }],
  draftTo: [
    { selector: '.vs__selected:not(.composer-from) [title*="@"]', address: 'title', seen: 'guess' },
    { selector: '.vs__selected .user-bubble__name, .vs__selected .user-bubble__title', seen: 'guess' },
  ],
  own: [
    { selector: '.app-navigation-entry[title*="@"]', address: 'title', seen: 'guess' },
    { selector: 'nav [title*="@"]', address: 'title', seen: 'guess' },
    { selector: '.app-navigation-entry__name', seen: 'guess' },
    { selector: '.composer-from', seen: 'guess' },
  ],
  ignore: [{ selector: '.composer', seen: 'guess' }],
};
