import type { Recipe } from '../../contract/recipe.ts';

/**
 * Horde's mail (IMP, its dynamic view) on anybody's host, after its templates and scripts, not tried on a real one.
 * Rows of a list have names only; Reply-To is not shown.
 */
export const horde: Recipe = {
  id: 'horde',
  version: 2026_11_23_04,
  label: 'Horde',
  kind: 'mail',
  hosts: [],
  marks: ['#impLoading', '#impbase, #msgData, #compose'],
  expects: [
    { view: 'message', where: ['*://*/imp/dynamic.php?page=message*'] },
    { view: 'compose', where: ['*://*/imp/dynamic.php?page=compose*'] },
  ],
  // In the preview a message's header may be folded to a line.
  message: [{ selector: '#msgData, #previewMsg', seen: '2014-07' }],
  sender: [
    {
      selector: ':is(#msgHeaderFrom, #msgHeadersColl .from) .address[title]',
      address: 'title',
      seen: '2014-07',
    },
    { selector: ':is(#msgHeaderFrom, #msgHeadersColl .from) .address', seen: '2014-07' },
  ],
  recipient: [
    {
      selector: ':is(#msgHeaderTo, #msgHeaderCc, #msgHeaderBcc) .address[title]',
      address: 'title',
      seen: '2014-07',
    },
    { selector: ':is(#msgHeaderTo, #msgHeaderCc, #msgHeaderBcc) .address', seen: '2014-07' },
  ],
  quoted: [{ selector: '.messageBody', seen: '2014-07' }],
  compose: [{ selector: '#compose', seen: '2014-07' }],
  draftTo: [
    { selector: '[name="to"], [name="cc"], [name="bcc"]', seen: '2014-07' },
    { selector: '.hordeACListItem', seen: 'guess' },
  ],
  own: [
    { selector: '#identity option', seen: '2014-07' },
    { selector: '#compose input[name="user"]', seen: '2014-07' },
  ],
  ignore: [{ selector: '#compose', seen: '2014-07' }],
};
