import type { Recipe } from '../../contract/recipe.ts';

/** X. Its class names are made anew with each build; what its own tests go by stays. */
export const x: Recipe = {
  id: 'x',
  version: 2026_11_24_00,
  label: 'X',
  kind: 'social',
  hosts: ['x.com', 'twitter.com'],
  expects: [
    { view: 'posts', where: ['https://x.com/home', 'https://x.com/*/status/*'] },
    {
      view: 'profile',
      where: ['https://x.com/*'],
      // Lists of others, below their name alone.
      unless: ['https://x.com/*/followers*', 'https://x.com/*/following*'],
    },
    {
      view: 'list',
      where: [
        'https://x.com/search?*f=user*',
        'https://x.com/*/followers*',
        'https://x.com/*/following*',
        'https://x.com/*/verified_followers*',
      ],
    },
    { view: 'talk', where: ['https://x.com/messages/*-*', 'https://x.com/i/chat/*-*'] },
  ],
  profile: [
    {
      selector: '[data-testid="primaryColumn"]:has([data-testid="UserName"])',
      // What stands in a bio, anybody can write.
      address: false,
      nameIn: '[data-testid="UserName"] span',
      companyIn: '[data-testid="UserDescription"], [data-testid="UserProfessionalCategory"]',
      claimsIn: '[data-testid="UserDescription"], [data-testid="UserUrl"]',
      seen: '2025-08',
    },
  ],
  author: [
    {
      selector: 'article[data-testid="tweet"] [data-testid="User-Name"]',
      profileIn: 'a[href]',
      nameIn: 'a[href] span',
      seen: '2025-08',
    },
  ],
  listed: [
    {
      selector: '[data-testid="primaryColumn"] [data-testid="UserCell"]',
      profileIn: 'a[href^="/"]',
      nameIn: 'a[href^="/"]:not(:has(img)) span',
      companyIn: 'button ~ [dir="auto"], [data-testid="UserDescription"]',
      seen: '2025-08',
    },
  ],
  talk: [
    {
      selector: '[data-testid="dm-conversation-panel"]',
      profileIn: '[data-testid="dm-conversation-header"] a[href]',
      nameIn: '[data-testid="dm-conversation-username"]',
      seen: '2025-12',
    },
    {
      selector: '[data-testid="DmActivityContainer"]:has([data-testid="DM_Conversation_Avatar"])',
      profileIn: 'a[data-testid="DM_Conversation_Avatar"]',
      nameIn: 'h2',
      seen: '2025-08',
    },
  ],
  own: [
    {
      selector: 'a[data-testid="AppTabBar_Profile_Link"]',
      profile: 'href',
      name: false,
      seen: '2025-08',
    },
    {
      selector: 'header nav a[aria-label^="Profi"], header nav a[aria-label="Perfil"]',
      profile: 'href',
      name: false,
      seen: '2025-08',
    },
  ],
};
