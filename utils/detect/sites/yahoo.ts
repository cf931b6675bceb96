import type { Recipe } from '../../contract/recipe.ts';

/** Yahoo Mail and AOL Mail are one product, on hosts by country too. Written from what public code reads there, not tried on the live site. */
export const yahoo: Recipe = {
  id: 'yahoo',
  version: 2026_11_23_04,
  label: 'Yahoo and AOL Mail',
  kind: 'mail',
  hosts: ['*.mail.yahoo.com', 'mail.aol.com', '*.mail.aol.com'],
  expects: [
    {
      view: 'message',
      where: ['https://*mail.yahoo.com/d/*/messages/*', 'https://*mail.aol.com/d/*/messages/*'],
    },
    {
      view: 'compose',
      where: ['https://*mail.yahoo.com/d/compose/*', 'https://*mail.aol.com/d/compose/*'],
    },
  ],
  message: [
    { selector: '[data-test-id="message-view"]', seen: '2025-01' },
    { selector: '[data-test-id="message-group-view-scroller"] > li', seen: '2025-01' },
  ],
  order: [{ selector: '[data-test-id="message-date"]', seen: '2025-01' }],
  sender: [
    {
      selector: '[data-test-id="message-from"] [data-test-id="email-pill"][title*="@"]',
      address: 'title',
      seen: '2025-01',
    },
    {
      selector: '[data-test-id="message-from"]',
      addressIn: '[data-test-id="email-pill"] + span',
      nameIn: '[data-test-id="email-pill"]',
      seen: '2025-01',
    },
    { selector: '[data-test-id="message-from"] a[href^="mailto:"]', address: 'href', seen: '2025-01' },
  ],
  replyTo: [
    { selector: '[data-test-id="message-reply-to"] [title*="@"]', address: 'title', seen: 'guess' },
    { selector: '[data-test-id="message-reply-to"] [data-test-id="email-pill"]', seen: 'guess' },
  ],
  recipient: [
    {
      selector:
        '[data-test-id="message-to"] [title*="@"], [data-test-id="message-cc"] [title*="@"], [data-test-id="message-bcc"] [title*="@"]',
      address: 'title',
      seen: '2025-01',
    },
    {
      selector:
        '[data-test-id="message-to"] [data-test-id="email-pill"], [data-test-id="message-cc"] [data-test-id="email-pill"]',
      seen: '2025-01',
    },
  ],
  quoted: [
    { selector: '[data-test-id="message-view-body"]', seen: '2025-01' },
    { selector: '[aria-label="Message Body"]', seen: 'guess' },
  ],
  listed: [
    {
      selector: '[data-test-id="message-list-item"] [data-test-id="senders_list"][title*="@"]',
      address: 'title',
      seen: '2025-01',
    },
    { selector: '[id^="email-sender-"][title*="@"]', address: 'title', seen: '2025-01' },
    { selector: '[data-test-id="message-list-item"] [title*="@"]', address: 'title', seen: '2025-01' },
  ],
  compose: [
    { selector: '[data-test-id="compose"]', seen: '2025-01' },
    { selector: ':has(> [data-test-id="compose-header-field-to"])', seen: '2025-01' },
  ],
  draftTo: [
    {
      selector:
        '[data-test-id="compose-header-field-to"] [data-test-id="pill"], [data-test-id="compose-header-field-cc"] [data-test-id="pill"], [data-test-id="compose-header-field-bcc"] [data-test-id="pill"]',
      address: 'title',
      nameIn: 'span',
      seen: 'guess',
    },
  ],
  own: [
    // `(3 unread) - ann@yahoo.com - Yahoo Mail`
    { selector: 'title', seen: '2025-01' },
    { selector: '[data-test-id="compose-header-field-from"]', seen: '2025-01' },
    {
      selector: '#ybarAccountMenu [title*="@"], #ybarAccountMenu[title*="@"]',
      address: 'title',
      seen: 'guess',
    },
  ],
  ignore: [
    { selector: '[data-test-id="compose"], [data-test-id="snippet"]', seen: 'guess' },
    { selector: '[data-test-id="contact-card"], [data-test-id="hover-card"]', seen: 'guess' },
  ],
};
