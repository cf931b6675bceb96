import type { Recipe } from '../../contract/recipe.ts';

/**
 * SOGo 5 on anybody's host, after its templates and from memory, not tried on a real one. What
 * Angular binds is said in attributes.
 * Reply-To is not shown.
 */
export const sogo: Recipe = {
  id: 'sogo',
  version: 2026_11_23_04,
  label: 'SOGo',
  kind: 'mail',
  hosts: [],
  marks: ['[ng-app="SOGo.MailerUI"]', 'md-card .msg-body, #messagesList, md-list-item, #mailEditor'],
  expects: [{ view: 'message', where: ['*://*/Mail/view#!/Mail/*/*/*'] }],
  message: [{ selector: 'md-card:has(.msg-body)', seen: '2024-01' }],
  sender: [
    {
      selector: 'div:has(> [ng-bind="viewer.message.from[0].email"])',
      addressIn: '[ng-bind="viewer.message.from[0].email"]',
      nameIn: 'span',
      seen: '2024-01',
    },
    { selector: '.md-tile-left + .md-list-item-text', addressIn: 'a', nameIn: 'span', seen: '2024-01' },
  ],
  recipient: [
    { selector: '.msg-recipients [ng-bind="recipient.full"]', seen: '2024-01' },
    { selector: '.msg-recipients .pseudo-input-field a', seen: '2024-01' },
  ],
  quoted: [
    { selector: '.msg-body', seen: '2024-01' },
    { selector: '[ng-bind-html], [sg-compile]', seen: '2024-01' },
  ],
  listed: [{ selector: 'md-list-item [title*="@"]', address: 'title', seen: 'guess' }],
  compose: [{ selector: '#mailEditor, form[name="messageForm"]', seen: 'guess' }],
  draftTo: [{ selector: 'md-chips md-chip-template', seen: 'guess' }],
  own: [
    { selector: '.sg-account [title*="@"]', address: 'title', seen: 'guess' },
    { selector: 'md-sidenav md-list-item [title*="@"]', address: 'title', seen: 'guess' },
    { selector: '#mailEditor md-select', seen: 'guess' },
  ],
  ignore: [{ selector: '#mailEditor', seen: 'guess' }],
};
