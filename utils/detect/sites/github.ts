import type { Recipe } from '../../contract/recipe.ts';

/** GitHub. Only people's profiles are marked up as a person's; an organisation's is nobody. */
export const github: Recipe = {
  id: 'github',
  version: 2026_11_23_00,
  label: 'GitHub',
  kind: 'social',
  hosts: ['github.com'],
  profile: [
    {
      selector: 'main [itemtype="http://schema.org/Person"]',
      nameIn: '[itemprop="name"]',
      addressIn: '[itemprop="email"]',
      profileIn: 'a[href*="?tab="]',
      companyIn: '[itemprop="worksFor"]',
      seen: '2026-03',
    },
  ],
  author: [
    {
      selector: 'main a[data-hovercard-url^="/users/"], main a[data-hovercard-type="user"]',
      profile: 'href',
      name: 'data-name',
      seen: '2026-03',
    },
  ],
  own: [{ selector: 'meta[name="user-login"]', profile: 'content', seen: '2026-03' }],
};
