import type { Recipe } from '../../contract/recipe.ts';

const ENDS = ['com', 'eu', 'in', 'com.au', 'com.cn', 'jp', 'sa', 'uk'];
const HOSTS = [...ENDS.map((end) => `mail.zoho.${end}`), 'mail.zohocloud.ca'];

/** Zoho Mail in each of its data centres. Written from what public code reads there, not tried on the live site. */
export const zoho: Recipe = {
  id: 'zoho',
  version: 2026_11_23_04,
  label: 'Zoho Mail',
  kind: 'mail',
  hosts: HOSTS,
  expects: [{ view: 'message', where: HOSTS.map((host) => `https://${host}/zm/#mail/folder/*/p/*`) }],
  message: [
    { selector: '.zmMailContainer:has(.zmMailHeader)', seen: 'guess' },
    { selector: ':has(> .zmMailHeader)', seen: 'guess' },
  ],
  sender: [
    { selector: '.zmSenderDetails [data-email]', address: 'data-email', seen: 'guess' },
    {
      selector: '.zmSenderDetails',
      addressIn: '.zmSenderEmail',
      nameIn: '.zmSenderName',
      seen: 'guess',
    },
    { selector: '.zmSender[title*="@"]', address: 'title', seen: 'guess' },
  ],
  replyTo: [{ selector: '.zmReplyTo [data-email]', address: 'data-email', seen: 'guess' }],
  recipient: [
    { selector: '.zmTo [data-email], .zmCc [data-email]', address: 'data-email', seen: 'guess' },
    { selector: '.zmTo [title*="@"], .zmCc [title*="@"]', address: 'title', seen: 'guess' },
  ],
  quoted: [{ selector: '.zmMailContent, .zmMsgView, .zmail_extra', seen: 'guess' }],
  listed: [
    { selector: '.zmMailList [data-email]', address: 'data-email', seen: 'guess' },
    { selector: '.zmMailList [title*="@"]', address: 'title', seen: 'guess' },
  ],
  compose: [{ selector: '.zmComposeOuter', seen: 'guess' }],
  draftTo: [
    {
      selector: '.zmRecipients [data-email]',
      address: 'data-email',
      seen: 'guess',
    },
    { selector: '.zmRecipients li', seen: 'guess' },
  ],
  own: [
    // `Inbox - ann@acme.com - Zoho Mail`
    { selector: 'title', seen: 'guess' },
    { selector: '.zmUser[title*="@"]', address: 'title', seen: 'guess' },
    { selector: '.zmCFrom', seen: 'guess' },
  ],
  ignore: [{ selector: '.zmComposeOuter, .zmLSummary', seen: 'guess' }],
};
