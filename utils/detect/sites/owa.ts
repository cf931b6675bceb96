import type { Recipe } from '../../contract/recipe.ts';

/**
 * Outlook on the web as companies have it on servers of their own (Exchange 2013 to 2019), known by its marks. Written
 * from a saved message and from what public code reads there, not tried on a live one. Its class names differ by
 * version, its `autoid`s hardly. A colleague has a name only, and Reply-To is not shown.
 */
export const owa: Recipe = {
  id: 'owa',
  version: 2026_11_23_04,
  label: 'Outlook (own server)',
  kind: 'mail',
  hosts: [],
  marks: ['[autoid^="_rp_"], [autoid^="_lvv_"], [autoid^="_mcp_"]'],
  expects: [{ view: 'message', where: ['*://*/owa/*viewmodel=ReadMessageItem*'] }],
  message: [
    { selector: '[autoid="_rp_3"]', seen: '2019-07' },
    { selector: '[role="region"]:has([autoid^="_pe_"]):has([autoid="_rp_F"])', seen: '2016-05' },
  ],
  sender: [
    { selector: '[autoid="_pe_9"]', seen: '2016-05' },
    { selector: '._pe_l > :first-child', seen: '2016-05' },
  ],
  recipient: [{ selector: '[autoid="_pe_b"]', seen: '2016-05' }],
  quoted: [
    { selector: '[role="document"], .rpHighlightBodyClass, [id^="Item.Message"]', seen: '2016-05' },
    { selector: '[autoid="_rp_F"]', seen: '2016-05' },
  ],
  listed: [{ selector: '[role="option"] .lvHighlightFromClass', seen: '2016-05' }],
  compose: [{ selector: 'div[autoid^="_mcp_"]:has([autoid="_pe_b"])', seen: 'guess' }],
  draftTo: [{ selector: '[autoid="_pe_b"]', seen: '2016-05' }],
  own: [
    // A name only: `Mail - Ann Lee - Outlook`
    { selector: 'title', seen: '2016-05' },
  ],
  ignore: [{ selector: 'div[autoid^="_mcp_"]', seen: 'guess' }],
};
