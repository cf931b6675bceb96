import type { Recipe } from '../../contract/recipe.ts';

/** GitHub. Only people's profiles are marked up as a person's; an organisation's is nobody. */
export const github: Recipe = {
  id: 'github',
  version: 2026_11_23_00,
  label: 'GitHub',
  kind: 'social',
  hosts: ['github.com'],
  expects: [
    { view: 'profile', where: ['https://github.com/*'] },
    {
      view: 'posts',
      where: ['https://github.com/*/*/issues/*', 'https://github.com/*/*/pull/*'],
      unless: ['https://github.com/*/*/issues/new*', 'https://github.com/*/*/pull/*/*'],
    },
    { view: 'posts', where: ['https://github.com/orgs/*/people*'] },
  ],
  profile: [
    {
      selector: 'main [itemtype="http://schema.org/Person"]',
      nameIn: '[itemprop="name"]',
      addressIn: '[itemprop="email"]',
      profileIn: 'a[href*="?tab="]',
      companyIn: '[itemprop="worksFor"]',
      claimsIn: 'a[rel~="me"]',
      seen: '2026-03',
    },
    {
      // Nobody, but what the address stands for all the same.
      selector:
        'main[itemtype="http://schema.org/Organization"], main [itemtype="http://schema.org/Organization"]',
      address: false,
      name: false,
      seen: '2026-03',
    },
  ],
  author: [
    {
      selector: 'main a[data-hovercard-url^="/users/"], main a[data-hovercard-type="user"]',
      profile: 'href',
      name: false,
      seen: '2026-03',
    },
  ],
  own: [{ selector: 'meta[name="user-login"]', profile: 'content', seen: '2026-03' }],
};
