import type { Recipe } from '../../contract/recipe.ts';

/**
 * Zimbra's classic client on anybody's host, after its templates and from memory, not tried on a real one. Where it is
 * set to show names only, its page has no addresses until one points at a name.
 */
export const zimbra: Recipe = {
  id: 'zimbra',
  version: 2026_11_23_04,
  label: 'Zimbra',
  kind: 'mail',
  hosts: [],
  marks: ['#z_shell', '.MsgHeaderTable, [id^="zl__"], .ZmComposeView'],
  expects: [{ view: 'message', where: ['*://*view=msg*'] }],
  message: [
    { selector: '.ZmMailMsgView:has(.MsgHeaderTable)', seen: '2024-01' },
    { selector: '.MsgHeaderTable', seen: '2024-01' },
  ],
  order: [{ selector: '.DateCol', seen: '2024-01' }],
  sender: [
    { selector: '.MsgHeaderTable td[id$="_from"] .addrBubble', seen: '2024-01' },
    { selector: '.MsgHeaderTable td[id$="_from"]', seen: '2024-01' },
  ],
  replyTo: [
    // By the label in English; in other languages it is read as a label.
    { selector: '.MsgHeaderTable tr:is([id$="_reply to"], [id$="_reply-to"]) .addrBubble', seen: '2024-01' },
    {
      selector: '.MsgHeaderTable tr:is([id$="_reply to"], [id$="_reply-to"]) .LabelColValue',
      seen: '2024-01',
    },
  ],
  recipient: [
    {
      selector:
        '.MsgHeaderTable tr[id$="_to"]:not([id$="reply_to"]) .addrBubble, .MsgHeaderTable tr[id$="_cc"] .addrBubble, .MsgHeaderTable tr[id$="_bcc"] .addrBubble',
      seen: '2024-01',
    },
  ],
  quoted: [{ selector: '.MsgBody', seen: '2024-01' }],
  listed: [{ selector: '[id^="zl__"] [role="option"] [title*="@"]', address: 'title', seen: 'guess' }],
  compose: [{ selector: '.ZmComposeView', seen: 'guess' }],
  draftTo: [
    { selector: '[id$="_to_cell"] .addrBubble, [id$="_cc_cell"] .addrBubble', seen: 'guess' },
    { selector: 'textarea.addresses', seen: 'guess' },
  ],
  own: [{ selector: '#skin_container_username [title*="@"]', address: 'title', seen: 'guess' }],
  ignore: [{ selector: '.ZmComposeView', seen: 'guess' }],
};
