import type { Recipe } from '../../contract/recipe.ts';

/**
 * SnappyMail, and RainLoop that it comes from, on anybody's host; after its templates and
 * from memory, not tried on a real one.
 */
export const snappymail: Recipe = {
  id: 'snappymail',
  version: 2026_11_23_04,
  label: 'SnappyMail',
  kind: 'mail',
  hosts: [],
  marks: ['#rl-app', '#V-SystemDropDown, .messageView, .messageList, #V-PopupsCompose'],
  expects: [{ view: 'message', where: ['*://*#/mailbox/*/m*'] }],
  message: [{ selector: '.messageView .b-message, .messageView .messageItem', seen: '2024-01' }],
  sender: [
    { selector: '.messageItemHeader .from[title*="@"]', address: 'title', nameIn: 'a', seen: '2024-01' },
    { selector: '.messageItemHeader .from', seen: '2020-01' },
  ],
  replyTo: [{ selector: '[data-i18n="GLOBAL/REPLY_TO"] + td', seen: '2024-01' }],
  recipient: [
    {
      selector:
        '.informationFull [data-i18n="GLOBAL/TO"] + td, .informationFull [data-i18n="GLOBAL/CC"] + td, .informationFull [data-i18n="GLOBAL/BCC"] + td',
      seen: '2024-01',
    },
    {
      selector:
        '.informationShort [data-i18n="GLOBAL/TO"] + span, .informationShort [data-i18n="GLOBAL/CC"] + span',
      seen: '2024-01',
    },
  ],
  quoted: [{ selector: '.bodyText', seen: '2024-01' }],
  listed: [{ selector: '.messageListItem .senderParent[title*="@"]', address: 'title', seen: 'guess' }],
  compose: [{ selector: '#V-PopupsCompose', seen: 'guess' }],
  draftTo: [
    { selector: '.emailaddresses li', addressIn: 'span', seen: 'guess' },
    { selector: '.inputosaurus-container li', seen: 'guess' },
  ],
  own: [
    { selector: '.accountPlace', seen: 'guess' },
    { selector: '#V-PopupsCompose .e-identity', seen: 'guess' },
  ],
  ignore: [{ selector: '#V-PopupsCompose', seen: 'guess' }],
};
