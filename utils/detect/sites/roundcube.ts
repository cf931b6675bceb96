import type { Recipe } from '../../contract/recipe.ts';

/**
 * Roundcube on anybody's host, known by its marks; in its own skins Elastic (since 1.4), Larry and Classic. The preview
 * pane is a frame with a page of its own. Classic's list says nowhere whose account it is.
 */
export const roundcube: Recipe = {
  id: 'roundcube',
  version: 2026_11_23_04,
  label: 'Roundcube',
  kind: 'mail',
  hosts: [],
  marks: [
    'script[src*="program/js/app."], #messagestack',
    '#messagelist, #messagecontframe, #message-header, #messageheader, .messageheaderbox, #messageframe > .boxlistcontent > .headers-table, #compose-headers, #composeheaders, [onclick*="rcmail.command(\'compose\'"], [name="_to"]',
  ],
  // An empty folder lists nobody: only what is asked for by address has to be there.
  expects: [
    { view: 'message', where: ['*://*_task=mail*_action=show*'] },
    { view: 'compose', where: ['*://*_task=mail*_action=compose*'] },
  ],
  message: [
    { selector: '#message-header', seen: '2026-11' },
    { selector: '#messageheader, .messageheaderbox', seen: '2026-11' },
    // What is attached brings a table like it further in.
    { selector: '#messageframe > .boxlistcontent > .headers-table', seen: '2026-11' },
    { selector: 'table:has(td.header.from [title*="@"])', seen: '2026-11' },
    // Elastic with its details folded in, whatever the names.
    {
      selector: '[role="main"]:has(table[style*="none"] [onclick*="rcmail.command(\'compose\'"])',
      seen: '2026-11',
    },
  ],
  sender: [
    { selector: '.header-summary .rcmContactAddress[title]', address: 'title', seen: '2026-11' },
    { selector: 'td.header.from .rcmContactAddress[title]', address: 'title', seen: '2026-11' },
    { selector: 'td.header.from a[href^="mailto:"]', address: 'href', seen: '2026-11' },
    {
      // Roundcube gives addresses in a message's body the same handler.
      selector: '[onclick*="rcmail.command(\'compose\'"]:not(table *, [role="region"] *)',
      address: 'title',
      seen: '2026-11',
    },
  ],
  replyTo: [
    { selector: 'td.header.replyto .rcmContactAddress[title]', address: 'title', seen: '2026-11' },
    { selector: 'td.header.replyto a[href^="mailto:"]', address: 'href', seen: '2026-11' },
  ],
  recipient: [
    {
      selector:
        'td.header.to .rcmContactAddress[title], td.header.cc .rcmContactAddress[title], td.header.bcc .rcmContactAddress[title]',
      address: 'title',
      seen: '2026-11',
    },
    {
      selector:
        'td.header.to a[href^="mailto:"], td.header.cc a[href^="mailto:"], td.header.bcc a[href^="mailto:"]',
      address: 'href',
      seen: '2026-11',
    },
    {
      selector: 'table[style*="none"] [onclick*="rcmail.command(\'compose\'"]',
      address: 'title',
      seen: '2026-11',
    },
  ],
  quoted: [
    { selector: '#messagebody', seen: '2026-11' },
    {
      selector: '[role="region"] div:has(> [id^="message-htmlpart"], > [id^="message-part"])',
      seen: '2026-11',
    },
  ],
  listed: [
    { selector: '#messagelist .rcmContactAddress[title]', address: 'title', seen: '2026-11' },
    { selector: 'tr.message [title*="@"]', address: 'title', seen: '2026-11' },
  ],
  compose: [
    { selector: '#compose-headers, #composeheaders', seen: '2026-11' },
    { selector: 'form:has([name="_to"])', seen: '2026-11' },
  ],
  draftTo: [
    { selector: 'li.recipient', nameIn: '.name', seen: '2026-11' },
    // Larry and Classic have plain fields.
    { selector: '[name="_to"], [name="_cc"], [name="_bcc"]', seen: '2026-11' },
  ],
  own: [
    { selector: '.header-title.username, #topline .username', seen: '2026-11' },
    { selector: 'script:not([src])', after: '"username":"', seen: '2026-11' },
    { selector: '#_from option', seen: '2026-11' },
  ],
  ignore: [{ selector: '#compose-content, #compose-container, #compose-contacts', seen: '2026-11' }],
};
