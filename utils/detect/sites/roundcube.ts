import type { Recipe } from '../../contract/recipe.ts';

/** Roundcube 1.6 with its Elastic skin: on anybody's host, so it is known by its marks. The preview is a frame. */
export const roundcube: Recipe = {
  id: 'roundcube',
  version: 2026_11_23_00,
  label: 'Roundcube',
  kind: 'mail',
  hosts: [],
  marks: [
    '#messagestack',
    '#messagelist, #message-header, #messagebody, #messagecontframe, #compose-content',
  ],
  message: [{ selector: '#message-header', seen: '2026-11' }],
  sender: [
    { selector: '.header-summary .rcmContactAddress[title]', address: 'title', seen: '2026-11' },
    { selector: 'td.header.from .rcmContactAddress[title]', address: 'title', seen: '2026-11' },
    { selector: 'td.header.from a[href^="mailto:"]', address: 'href', seen: '2026-11' },
  ],
  replyTo: [{ selector: 'td.header.replyto .rcmContactAddress[title]', address: 'title', seen: '2026-11' }],
  recipient: [
    {
      selector:
        'td.header.to .rcmContactAddress[title], td.header.cc .rcmContactAddress[title], td.header.bcc .rcmContactAddress[title]',
      address: 'title',
      seen: '2026-11',
    },
  ],
  listed: [{ selector: '#messagelist .rcmContactAddress[title]', address: 'title', seen: '2026-11' }],
  own: [
    { selector: '.header-title.username', seen: '2026-11' },
    { selector: 'script:not([src])', after: '"username":"', seen: '2026-11' },
  ],
  quoted: [{ selector: 'blockquote', seen: '2026-11' }],
  ignore: [{ selector: '#compose-content', seen: '2026-11' }],
};
