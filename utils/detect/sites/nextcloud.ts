import type { Recipe } from '../../contract/recipe.ts';

/**
 * Mail of a Nextcloud on anybody's host, after its components and from memory, not tried on a real one. Recipients are
 * bubbles with a name alone, unless the address is the name; Reply-To is not shown.
 */
export const nextcloud: Recipe = {
  id: 'nextcloud',
  version: 2026_11_23_00,
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
  quoted: [{ selector: 'blockquote, .quoted-text', seen: '2024-01' }],
  listed: [{ selector: '.envelope-list [title*="@"]', address: 'title', seen: '2024-01' }],
  compose: [{ selector: '.composer', seen: '2024-01' }],
  draftTo: [
    { selector: '.vs__selected:not(.composer-from) [title*="@"]', address: 'title', seen: '2024-01' },
    { selector: '.vs__selected .user-bubble__name, .vs__selected .user-bubble__title', seen: '2024-01' },
  ],
  own: [
    { selector: '.app-navigation-entry[title*="@"]', address: 'title', seen: '2024-01' },
    { selector: 'nav [title*="@"]', address: 'title', seen: '2024-01' },
    { selector: '.app-navigation-entry__name', seen: '2024-01' },
    { selector: '.composer-from', seen: '2024-01' },
  ],
  ignore: [{ selector: '.composer', seen: '2024-01' }],
};
