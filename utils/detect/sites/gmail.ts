import type { Recipe } from '../../contract/recipe.ts';

/** Gmail keeps the last opened message and its list in the page while hidden: only visible ones count. */
export const gmail: Recipe = {
  id: 'gmail',
  version: 2026_11_23_00,
  label: 'Gmail',
  kind: 'mail',
  hosts: ['mail.google.com'],
  message: [
    { selector: '.adn.ads[data-message-id]', seen: '2025-08' },
    { selector: '.adn[data-legacy-message-id]', seen: '2019-12' },
    { selector: '[role="listitem"][aria-expanded="true"]', seen: '2025-08' },
  ],
  sender: [
    { selector: '.gD[email]', address: 'email', name: 'name', seen: '2025-08' },
    { selector: 'h3 [email]', address: 'email', name: 'name', seen: '2025-08' },
    { selector: 'h3 [data-hovercard-id*="@"]', address: 'data-hovercard-id', seen: '2025-08' },
  ],
  recipient: [
    { selector: '.hb .g2[email]', address: 'email', name: 'name', seen: '2025-08' },
    { selector: '.g2[email]', address: 'email', name: 'name', seen: '2019-12' },
  ],
  listed: [
    { selector: '[role="main"] .yW [email]', address: 'email', name: 'name', seen: '2019-12' },
    { selector: '[role="main"] tr [email]', address: 'email', name: 'name', seen: '2019-12' },
  ],
  own: [
    { selector: 'a[href*="SignOutOptions"][aria-label*="@"]', address: 'aria-label', seen: '2025-08' },
    { selector: 'title', seen: '2025-08' },
  ],
  quoted: [
    { selector: '.gmail_quote', seen: '2025-08' },
    { selector: 'blockquote', seen: '2025-08' },
  ],
  ignore: [
    { selector: '.aoI', seen: '2025-08' },
    { selector: '.M9', seen: '2025-08' },
  ],
};
