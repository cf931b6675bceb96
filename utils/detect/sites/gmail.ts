import type { Recipe } from '../../contract/recipe.ts';

/** What the ids of conversations begin with, which are written in an alphabet of consonants. */
const IDS = ['FMfcg', 'KtbxL', 'QgrcJ', 'FFNDW', 'WhctK', 'CllgC', 'GTvVl', 'DmwnW'];

/**
 * Gmail keeps the last opened message and its list in the page while hidden: only visible ones count. Nothing of a
 * message's body keeps its `email` attributes, so that those are Gmail's own.
 */
export const gmail: Recipe = {
  id: 'gmail',
  version: 2026_11_23_04,
  label: 'Gmail',
  kind: 'mail',
  hosts: ['mail.google.com'],
  // A conversation's id starts so, a list's page or label does not; an empty list lists nobody.
  expects: [
    {
      view: 'message',
      where: [
        ...IDS.map((id) => `https://mail.google.com/mail/*#*/${id}*`),
        'https://mail.google.com/mail/*view=btop*&th=*',
        'https://mail.google.com/mail/*/popout*thread-*',
      ],
    },
    { view: 'compose', where: ['https://mail.google.com/mail/*view=cm*'] },
  ],
  message: [
    { selector: '.adn.ads[data-message-id]', seen: '2025-08' },
    { selector: '[role="listitem"][aria-expanded="true"]', seen: '2025-08' },
    { selector: '.adn[data-legacy-message-id]', seen: '2019-12' },
  ],
  order: 'newest-last',
  sender: [
    { selector: '.gD[email]', address: 'email', name: 'name', seen: '2025-08' },
    { selector: 'h3 [email]', address: 'email', name: 'name', seen: '2025-08' },
    { selector: 'h3 [data-hovercard-id*="@"]', address: 'data-hovercard-id', seen: '2025-08' },
  ],
  recipient: [
    { selector: '.g2[email]', address: 'email', name: 'name', seen: '2025-08' },
    { selector: '[email]:not(h3 *)', address: 'email', name: 'name', seen: '2025-08' },
  ],
  quoted: [
    { selector: '.a3s', seen: '2025-08' },
    { selector: '.gmail_quote', seen: '2025-08' },
    { selector: 'blockquote', seen: '2025-08' },
  ],
  listed: [
    { selector: '[role="main"] .yW [email]', address: 'email', name: 'name', seen: '2019-12' },
    { selector: '[role="main"] [role="row"] [email]', address: 'email', name: 'name', seen: '2019-12' },
  ],
  compose: [
    { selector: '.M9', seen: '2025-08' },
    { selector: 'form:has([name="to"])', seen: '2025-08' },
  ],
  draftTo: [
    {
      selector:
        '[name="to"] [role="option"][data-name], [name="cc"] [role="option"][data-name], [name="bcc"] [role="option"][data-name]',
      address: 'data-hovercard-id',
      name: 'data-name',
      seen: '2025-08',
    },
    { selector: '.vN[email]', address: 'email', nameIn: '.vT', seen: '2021-10' },
    { selector: '[email]', address: 'email', seen: '2021-10' },
  ],
  own: [
    { selector: 'a[href*="SignOutOptions"][aria-label*="@"]', address: 'aria-label', seen: '2025-08' },
    { selector: 'title', seen: '2025-08' },
    // The user's aliases, where a message is being written.
    { selector: 'input[name="from"]', seen: '2025-08' },
    { selector: 'form [role="menuitem"][value*="@"]', address: 'value', seen: '2025-08' },
  ],
};
