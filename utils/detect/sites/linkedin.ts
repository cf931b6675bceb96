import type { Recipe } from '../../contract/recipe.ts';

/**
 * LinkedIn and its Sales Navigator. Names stand twice, once for screen readers; messages name their people by a member's
 * id, which is no profile's address until somebody says whose it is.
 */
export const linkedin: Recipe = {
  id: 'linkedin',
  version: 2026_11_23_00,
  label: 'LinkedIn',
  kind: 'social',
  hosts: ['www.linkedin.com'],
  expects: [
    {
      view: 'profile',
      where: ['https://www.linkedin.com/in/*'],
      // Below a profile's first page there is its owner's name at most.
      unless: ['https://www.linkedin.com/in/*/*/*'],
    },
    { view: 'profile', where: ['https://www.linkedin.com/sales/lead/*'] },
    {
      view: 'posts',
      where: [
        'https://www.linkedin.com/feed/',
        'https://www.linkedin.com/feed/?*',
        'https://www.linkedin.com/feed/update/*',
        'https://www.linkedin.com/posts/*',
      ],
    },
    {
      view: 'talk',
      where: ['https://www.linkedin.com/messaging/thread/*'],
      unless: ['https://www.linkedin.com/messaging/thread/new*'],
    },
    {
      view: 'list',
      where: [
        'https://www.linkedin.com/search/results/people/*',
        'https://www.linkedin.com/sales/search/people*',
      ],
    },
  ],
  profile: [
    {
      selector: 'main [data-view-name="profile-top-card"]',
      nameIn: 'h1, h2',
      addressIn: 'a[href^="mailto:"]',
      companyIn: 'p:not(:has(a))',
      seen: '2026-09',
    },
    {
      selector: '[data-x--lead-profile], #profile-card-section',
      nameIn: '[data-anonymize="person-name"]',
      profileIn: 'a[href*="linkedin.com/in/"]',
      companyIn: '[data-anonymize="company-name"], [data-anonymize="headline"]',
      seen: '2025-06',
    },
    {
      selector: 'main section.artdeco-card:has(h1)',
      nameIn: 'h1',
      addressIn: 'a[href^="mailto:"]',
      companyIn:
        'button[aria-label^="Current company"] div, .text-body-medium.break-words, .pv-text-details__right-panel li:first-child div',
      seen: '2025-06',
    },
  ],
  author: [
    {
      selector: 'a.update-components-actor__meta-link, a.comments-comment-meta__description-container',
      profile: 'href',
      nameIn:
        '.update-components-actor__title [aria-hidden="true"], .comments-comment-meta__description-title',
      companyIn:
        '.update-components-actor__description [aria-hidden="true"], .comments-comment-meta__description-subtitle',
      seen: '2025-06',
    },
    {
      selector: 'a.update-components-actor__container-link, a.comments-post-meta__actor-link',
      profile: 'href',
      nameIn:
        '.update-components-actor__name [aria-hidden="true"], .comments-post-meta__name-text [aria-hidden="true"]',
      companyIn: '.update-components-actor__description, .comments-post-meta__headline',
      seen: '2023-11',
    },
  ],
  listed: [
    {
      selector: '[data-view-name="search-entity-result-universal-template"]',
      profileIn: 'a[href*="/in/"]:has([aria-hidden="true"])',
      nameIn: 'a[href*="/in/"] [aria-hidden="true"]',
      companyIn: '.t-14.t-black.t-normal',
      seen: '2025-06',
    },
    {
      selector: '[data-x-search-result="LEAD"], tr[data-row-id]:has([data-anonymize="person-name"])',
      profileIn: 'a[href*="/sales/lead/"]',
      nameIn: '[data-anonymize="person-name"]',
      companyIn: '[data-anonymize="company-name"]',
      seen: '2025-06',
    },
    {
      selector: '.mn-connection-card, .entity-result__item',
      profileIn: 'a[href*="/in/"]',
      nameIn: '.mn-connection-card__name, .entity-result__title-text [aria-hidden="true"]',
      companyIn: '.mn-connection-card__occupation, .entity-result__primary-subtitle',
      seen: '2024-01',
    },
  ],
  talk: [
    {
      selector: '.msg-thread',
      profileIn: '.msg-thread__link-to-profile',
      nameIn: '.msg-entity-lockup__entity-title',
      companyIn: '.msg-s-profile-card .artdeco-entity-lockup__subtitle, .msg-entity-lockup__entity-info',
      seen: '2025-06',
    },
  ],
  own: [
    { selector: 'main a[href*="/in/"][href*="/edit/"]', profile: 'href', name: false, seen: '2025-06' },
    {
      selector:
        '.feed-identity-module a[href*="/in/"], .profile-card-profile-link, .global-nav__me-content a[href*="/in/"]',
      profile: 'href',
      name: false,
      seen: '2025-06',
    },
    {
      // In a conversation, whoever is not the other side.
      selector:
        '.msg-s-message-list-content:has(.msg-s-event-listitem--other) .msg-s-message-list__event:not(:has(.msg-s-event-listitem--other)) a.msg-s-message-group__profile-link',
      profile: 'href',
      name: false,
      seen: '2025-06',
    },
  ],
  ignore: [{ selector: '#global-nav', seen: '2025-06' }],
};
