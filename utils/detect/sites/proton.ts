import type { Recipe } from '../../contract/recipe.ts';

/** Proton Mail. A message's body is a frame without an address of its own; a conversation's id ends in `==`. */
export const proton: Recipe = {
  id: 'proton',
  version: 2026_11_23_04,
  label: 'Proton Mail',
  kind: 'mail',
  hosts: ['mail.proton.me'],
  // Drafts and those to be sent later open in the composer.
  expects: [
    {
      view: 'message',
      where: [
        'https://mail.proton.me/u/*/inbox/*==*',
        'https://mail.proton.me/u/*/sent/*==*',
        'https://mail.proton.me/u/*/all-sent/*==*',
        'https://mail.proton.me/u/*/starred/*==*',
        'https://mail.proton.me/u/*/archive/*==*',
        'https://mail.proton.me/u/*==/*==*',
      ],
    },
  ],
  message: [
    { selector: 'article[data-shortcut-target="message-container"][data-expanded="true"]', seen: '2025-06' },
    { selector: 'article:has(iframe)', seen: '2025-06' },
    { selector: 'article.message-container.is-opened', seen: '2023-02' },
  ],
  order: 'newest-last',
  sender: [
    {
      selector: '[data-testid="recipients:sender"]',
      address: 'title',
      nameIn: '[data-testid="recipient-label"]',
      seen: '2025-06',
    },
    {
      selector: '[role="button"][title*="@"]:has([role="heading"])',
      address: 'title',
      nameIn: 'bdi',
      seen: '2025-06',
    },
    {
      selector: '.message-header-from-container [data-testid="message-header:from"]',
      address: 'aria-label',
      nameIn: '.message-recipient-item-label',
      seen: '2022-09',
    },
  ],
  recipient: [
    {
      selector: '[data-testid^="recipients:item-"]',
      address: 'title',
      nameIn: '[data-testid="recipient-label"]',
      seen: '2025-06',
    },
    {
      selector: '[role="button"][title*="@"]:not(:has([role="heading"]))',
      address: 'title',
      nameIn: 'bdi',
      seen: '2025-06',
    },
    {
      selector: '[data-testid="message-header:to"] [aria-label*="@"]',
      address: 'aria-label',
      nameIn: '.message-recipient-item-label',
      seen: '2022-09',
    },
  ],
  listed: [
    { selector: '[data-testid="message-column:sender-address"]', address: 'title', seen: '2025-06' },
    { selector: '.item-senders [title*="@"]', address: 'title', seen: '2023-02' },
  ],
  compose: [{ selector: '.composer:not(.composer--is-minimized)', seen: '2025-06' }],
  draftTo: [
    {
      selector: '[data-testid="composer-addresses-item"]',
      addressIn: '[data-testid="composer-addresses-item-label"]',
      nameIn: '[data-testid="composer-addresses-item-label"]',
      seen: '2025-06',
    },
    { selector: '.composer-addresses-item-label', seen: '2023-02' },
    { selector: '.composer-addresses-fakefield-inner span', seen: '2021-03' },
  ],
  own: [
    // `(2) Inbox | ann@proton.me | Proton Mail`
    { selector: 'title', seen: '2025-06' },
    { selector: '[data-testid="heading:userdropdown"] [title*="@"]', address: 'title', seen: '2025-06' },
    { selector: '[data-testid="composer:from"] .text-ellipsis', seen: '2025-06' },
    { selector: '[data-testid^="addresses:"]', address: 'title', seen: '2025-06' },
  ],
};
