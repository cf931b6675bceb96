import type { Recipe } from '../../contract/recipe.ts';

/**
 * iCloud Mail is a frame of its site; the body of a message is one of another origin, and has nothing but text.
 * Written from what public code reads there, not tried on the live site.
 */
export const icloud: Recipe = {
  id: 'icloud',
  version: 2026_11_23_04,
  label: 'iCloud Mail',
  kind: 'mail',
  hosts: ['www.icloud.com', 'www.icloud.com.cn'],
  // The site's other apps have addresses as well.
  expects: [{ view: 'list', where: ['https://www.icloud.com*/applications/mail2/*'] }],
  message: [
    { selector: '.thread-detail-pane [role="listitem"]', seen: '2025-01' },
    { selector: '.thread-detail-pane', seen: '2025-01' },
  ],
  sender: [
    { selector: '.header-field.from [title*="@"]', address: 'title', seen: 'guess' },
    { selector: '.message-header [title*="@"]:first-child', address: 'title', seen: 'guess' },
    { selector: '.message-header .contact-token:first-child', seen: 'guess' },
  ],
  replyTo: [{ selector: '.header-field.reply-to [title*="@"]', address: 'title', seen: 'guess' }],
  recipient: [
    {
      selector: '.header-field.to [title*="@"], .header-field.cc [title*="@"]',
      address: 'title',
      seen: 'guess',
    },
    { selector: '.message-header .contact-token[title*="@"]', address: 'title', seen: 'guess' },
  ],
  quoted: [{ selector: '.mail-message-defaults, .message-body', seen: '2025-01' }],
  listed: [
    { selector: '.thread-participants[title*="@"]', address: 'title', seen: '2025-01' },
    { selector: '.thread-participants', seen: '2025-01' },
  ],
  compose: [{ selector: '.cw-pane-container', seen: '2025-01' }],
  draftTo: [
    { selector: '.contact-token[title*="@"]', address: 'title', seen: 'guess' },
    { selector: '.contact-token', seen: 'guess' },
  ],
  own: [
    { selector: '[aria-label^="Account"][aria-label*="@"]', address: 'aria-label', seen: 'guess' },
    { selector: '.cw-pane-container select option', seen: 'guess' },
  ],
  ignore: [{ selector: '.cw-pane-container, .thread-preview', seen: 'guess' }],
};
