import type { Recipe } from '../../contract/recipe.ts';

/**
 * Fastmail: a card for each message of a thread, of which the folded ones have no recipients. Written from what
 * public code reads there, not tried on the live site.
 */
export const fastmail: Recipe = {
  id: 'fastmail',
  version: 2026_11_23_00,
  label: 'Fastmail',
  kind: 'mail',
  hosts: ['app.fastmail.com', 'www.fastmail.com', 'beta.fastmail.com'],
  expects: [
    {
      view: 'message',
      where: ['https://app.fastmail.com/mail/*/T*-M*', 'https://www.fastmail.com/mail/*/T*-M*'],
    },
    {
      view: 'compose',
      where: ['https://app.fastmail.com/mail/*compose?*', 'https://www.fastmail.com/mail/*compose?*'],
    },
  ],
  message: [
    { selector: '.v-MessageCard.is-expanded', seen: '2025-01' },
    { selector: '.v-MessageCard', seen: '2025-01' },
  ],
  sender: [
    { selector: '.v-MessageCard-from[title*="@"]', address: 'title', seen: '2025-01' },
    { selector: '.v-MessageCard-unknownSender', seen: '2025-01' },
  ],
  replyTo: [{ selector: '.v-Message-replyTo [title*="@"]', address: 'title', seen: '2025-01' }],
  recipient: [{ selector: '.v-Message-to .v-Message-toName[title]', address: 'title', seen: '2025-01' }],
  quoted: [{ selector: 'blockquote, .gmail_quote', seen: '2025-01' }],
  listed: [
    { selector: '.v-MailboxItem-name[title*="@"]', address: 'title', seen: '2025-01' },
    { selector: '.v-MailboxItem-name [title*="@"]', address: 'title', seen: '2025-01' },
  ],
  compose: [{ selector: '.v-Compose', seen: '2025-01' }],
  draftTo: [
    { selector: '.v-EmailInput-tokens li[title*="@"]', address: 'title', nameIn: 'span', seen: '2025-01' },
    { selector: '.v-EmailInput-tokens li', nameIn: 'span', seen: '2025-01' },
    { selector: '.v-EmailInput-input', seen: '2025-01' },
  ],
  own: [
    // `Plans – Inbox – ann@fastmail.com | Fastmail`
    { selector: 'title', seen: '2025-01' },
    { selector: '.v-Compose-from', seen: '2025-01' },
  ],
  ignore: [{ selector: '.v-Compose, .v-MailboxItem-preview', seen: '2025-01' }],
};
