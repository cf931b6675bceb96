import type { Recipe } from '../contract/recipe.ts';
import { covers } from '../contract/recipe-host.ts';
import { recipes } from './sites/index.ts';

type Social = Pick<Recipe, 'id' | 'label' | 'hosts'>;

const network = (id: string, label: string, ...hosts: string[]): Recipe => ({
  ...{ id, version: 2026_11_23_00, label, kind: 'social', hosts },
});

/** Social networks without a recipe of their own: of their pages is read whose profile it is, and nothing else. */
export const networks: readonly Recipe[] = [
  network('bluesky', 'Bluesky', 'bsky.app'),
  network('facebook', 'Facebook', '*.facebook.com'),
  network('instagram', 'Instagram', '*.instagram.com'),
  network(
    'mastodon',
    'Mastodon',
    ...['mastodon.social', 'mastodon.online', 'mas.to', 'fosstodon.org', 'hachyderm.io', 'infosec.exchange'],
  ),
  network('medium', 'Medium', '*.medium.com'),
  network('reddit', 'Reddit', '*.reddit.com'),
  network('stack-overflow', 'Stack Overflow', 'stackoverflow.com'),
  network('threads', 'Threads', '*.threads.com', '*.threads.net'),
  network('tiktok', 'TikTok', '*.tiktok.com'),
  network('xing', 'XING', '*.xing.com'),
  network('youtube', 'YouTube', '*.youtube.com'),
];

/** Further hosts of the sites that have a recipe, which does not fit there. */
const elsewhere: readonly Recipe[] = [
  network('linkedin', 'LinkedIn', '*.linkedin.com'),
  network('x', 'X', '*.x.com', '*.twitter.com'),
  network('github', 'GitHub', '*.github.com'),
];

/** All social sites that can be turned on, those with a recipe first. */
export const socialSites: readonly Recipe[] = [
  ...recipes.filter(({ kind }) => kind === 'social'),
  ...networks,
];

const isOn =
  (host: string) =>
  ({ hosts }: Social): boolean =>
    hosts.some((one) => covers(one, host));

/** The social site that a host is of. */
export function socialAt(host: string): Social | undefined {
  return socialSites.find(isOn(host)) ?? elsewhere.find(isOn(host));
}

/** What of a network's page that has no recipe is read by. */
export function networkAt(host: string): Recipe | undefined {
  return recipes.some(isOn(host)) ? undefined : [...networks, ...elsewhere].find(isOn(host));
}

/** All hosts of a social site, as host patterns. */
export const hostsOf = (id: string): string[] =>
  [...socialSites, ...elsewhere].flatMap((site) => (site.id === id ? site.hosts : []));
