import type { Recipe } from '../../contract/recipe.ts';

const HOSTS = ['app.fastmail.com', 'www.fastmail.com', 'beta.fastmail.com'];

/**
 * Fastmail: a card for each message of a thread, of which the folded ones have no recipients. Written from what
 * public code reads there, not tried on the live site.
 */
export const fastmail: Recipe = {
  id: 'fastmail',
  version: 2026_11_23_04,
  label: 'Fastmail',
  kind: 'mail',
  hosts: HOSTS,
  expects: [
    {
      view: 'message',
      where: HOSTS.map((host) => `https://${host}/mail/*/T*-M*`),
    },
    {
      view: 'compose',
      where: HOSTS.map((host) => `https://${host}/mail/*compose?*`),
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
  replyTo: [{ selector: '.v-Message-replyTo [title*="@"]', address: 'title', seen: 'guess' }],
  recipient: [{ selector: '.v-Message-to .v-Message-toName[title]', address: 'title', seen: '2025-01' }],
  quoted: [
    { selector: '.v-Message-body', seen: '2025-01' },
    { selector: '.u-article', seen: 'guess' },
  ],
  listed: [
    { selector: '.v-MailboxItem-name[title*="@"]', address: 'title', seen: '2025-01' },
    { selector: '.v-MailboxItem-name [title*="@"]', address: 'title', seen: '2025-01' },
  ],
  compose: [{ selector: '.v-Compose', seen: '2025-01' }],
  draftTo: [
    { selector: '.v-EmailInput-tokens li[title*="@"]', address: 'title', nameIn: 'span', seen: 'guess' },
    { selector: '.v-EmailInput-tokens li', nameIn: 'span', seen: 'guess' },
    { selector: '.v-EmailInput-input', seen: 'guess' },
  ],
  own: [
    // `Plans – Inbox – ann@fastmail.com | Fastmail`
    { selector: 'title', seen: '2025-01' },
    { selector: '.v-Compose-from', seen: 'guess' },
  ],
  ignore: [{ selector: '.v-Compose, .v-MailboxItem-preview', seen: 'guess' }],
};
