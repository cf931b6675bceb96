import type { Recipe } from '../../contract/recipe.ts';

/**
 * OX App Suite, which many providers have on a host of their own, after its sources and from memory, not tried
 * on a real one.
 */
export const openXchange: Recipe = {
  id: 'open-xchange',
  version: 2026_11_23_04,
  label: 'OX App Suite',
  kind: 'mail',
  hosts: [],
  marks: ['#io-ox-core', '.mail-detail, .mail-item, .io-ox-mail-compose'],
  expects: [{ view: 'message', where: ['*://*app=io.ox/mail/detail*'] }],
  message: [
    { selector: 'article.mail-detail.expanded', seen: '2024-01' },
    { selector: '.mail-detail:has(.detail-view-header)', seen: '2020-01' },
  ],
  order: [{ selector: '.detail-view-header time', seen: 'guess' }],
  sender: [
    { selector: '.detail-view-header .from a[href^="mailto:"]', address: 'href', seen: '2024-01' },
    {
      selector: '.detail-view-header .from',
      addressIn: '.address',
      nameIn: '.person-link',
      seen: '2024-01',
    },
  ],
  replyTo: [{ selector: '.detail-view-header .reply-to a[href^="mailto:"]', address: 'href', seen: 'guess' }],
  recipient: [
    { selector: '.detail-view-header .recipients a[href^="mailto:"]', address: 'href', seen: '2024-01' },
    { selector: '.detail-view-header .recipients [title*="@"]', address: 'title', seen: '2024-01' },
  ],
  quoted: [
    { selector: '.mail-detail section.body', seen: '2024-01' },
    { selector: 'section[tabindex="-1"]', seen: '2024-01' },
  ],
  listed: [{ selector: '.list-view.mail-item .person[title*="@"]', address: 'title', seen: 'guess' }],
  compose: [{ selector: '.io-ox-mail-compose', seen: 'guess' }],
  draftTo: [
    { selector: '.tokenfield .token[title*="@"]', address: 'title', nameIn: '.token-label', seen: 'guess' },
    { selector: '.tokenfield .token', nameIn: '.token-label', seen: 'guess' },
  ],
  own: [
    { selector: '#io-ox-topbar-account-dropdown-icon[title*="@"]', address: 'title', seen: 'guess' },
    { selector: '.io-ox-mail-compose .sender .address', seen: 'guess' },
  ],
  ignore: [{ selector: '.io-ox-mail-compose', seen: 'guess' }],
};
