import type { Recipe } from '../../contract/recipe.ts';

const HOSTS = ['com', 'eu', 'in', 'com.au', 'com.cn', 'jp', 'sa', 'uk'].map((end) => `mail.zoho.${end}`);

/** Zoho Mail in each of its data centres. Written from what public code reads there, not tried on the live site. */
export const zoho: Recipe = {
  id: 'zoho',
  version: 2026_11_23_00,
  label: 'Zoho Mail',
  kind: 'mail',
  hosts: [...HOSTS, 'mail.zohocloud.ca'],
  expects: [{ view: 'message', where: HOSTS.map((host) => `https://${host}/zm/#mail/folder/*/p/*`) }],
  message: [
    { selector: '.zmMailContainer:has(.zmMailHeader)', seen: '2025-01' },
    { selector: ':has(> .zmMailHeader)', seen: '2025-01' },
  ],
  sender: [
    { selector: '.zmSenderDetails [data-email]', address: 'data-email', seen: '2025-01' },
    {
      selector: '.zmSenderDetails',
      addressIn: '.zmSenderEmail',
      nameIn: '.zmSenderName',
      seen: '2025-01',
    },
    { selector: '.zmSender[title*="@"]', address: 'title', seen: '2025-01' },
  ],
  replyTo: [{ selector: '.zmReplyTo [data-email]', address: 'data-email', seen: '2025-01' }],
  recipient: [
    { selector: '.zmTo [data-email], .zmCc [data-email]', address: 'data-email', seen: '2025-01' },
    { selector: '.zmTo [title*="@"], .zmCc [title*="@"]', address: 'title', seen: '2025-01' },
  ],
  quoted: [{ selector: 'blockquote, .zmail_extra, .gmail_quote', seen: '2025-01' }],
  listed: [
    { selector: '.zmMailList [data-email]', address: 'data-email', seen: '2025-01' },
    { selector: '.zmMailList [title*="@"]', address: 'title', seen: '2025-01' },
  ],
  compose: [{ selector: '.zmComposeOuter', seen: '2025-01' }],
  draftTo: [
    {
      selector: '.zmRecipients [data-email]',
      address: 'data-email',
      seen: '2025-01',
    },
    { selector: '.zmRecipients li', seen: '2025-01' },
  ],
  own: [
    // `Inbox - ann@acme.com - Zoho Mail`
    { selector: 'title', seen: '2025-01' },
    { selector: '.zmUser[title*="@"]', address: 'title', seen: '2025-01' },
    { selector: '.zmCFrom', seen: '2025-01' },
  ],
  ignore: [{ selector: '.zmComposeOuter, .zmLSummary', seen: '2025-01' }],
};
