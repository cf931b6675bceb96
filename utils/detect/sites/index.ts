import type { Recipe } from '../../contract/recipe.ts';
import { covers } from '../../contract/recipe-host.ts';
import { fastmail } from './fastmail.ts';
import { github } from './github.ts';
import { gmail } from './gmail.ts';
import { horde } from './horde.ts';
import { icloud } from './icloud.ts';
import { linkedin } from './linkedin.ts';
import { nextcloud } from './nextcloud.ts';
import { openXchange } from './open-xchange.ts';
import { outlook } from './outlook.ts';
import { owa } from './owa.ts';
import { proton } from './proton.ts';
import { roundcube } from './roundcube.ts';
import { snappymail } from './snappymail.ts';
import { sogo } from './sogo.ts';
import { x } from './x.ts';
import { yahoo } from './yahoo.ts';
import { zimbra } from './zimbra.ts';
import { zoho } from './zoho.ts';

/** By priority. Those known by host come first, those known by their marks after. */
export const recipes: readonly Recipe[] = [
  gmail,
  outlook,
  proton,
  fastmail,
  icloud,
  yahoo,
  zoho,
  linkedin,
  x,
  github,
  roundcube,
  zimbra,
  sogo,
  snappymail,
  nextcloud,
  openXchange,
  owa,
  horde,
];

/**
 * The recipes that a page on this host may need: the host's own, else all of those that go by their marks. One that
 * has both goes by its marks there, as on a company's own host.
 */
export function recipesAt(host: string, list: readonly Recipe[] = recipes): readonly Recipe[] {
  const own = list.filter(({ hosts }) => hosts.some((one) => covers(one, host)));
  if (own.length > 0) return own;
  return list.flatMap((one) => (one.marks ? (one.hosts.length > 0 ? { ...one, hosts: [] } : one) : []));
}
