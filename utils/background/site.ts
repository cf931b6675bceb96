import { recipes } from '../detect/sites/index.ts';
import type { SiteState } from '../messages.ts';
import type { Access } from './access.ts';
import type { Handlers } from './dispatcher.ts';

export function siteHandlers(access: Access): Pick<Handlers, 'site.list'> {
  return {
    async 'site.list'() {
      const fixed = access.fixed();
      const ours = recipes.flatMap(({ hosts, label }) =>
        hosts.map((host) => ({ origin: `https://${host}/*`, label })),
      );
      const known = new Set(ours.map(({ origin }) => origin));
      const others = [...new Set([...fixed, ...(await access.granted())])]
        .filter((origin) => !known.has(origin))
        .map((origin) => ({ origin, label: labelOf(origin) }));
      const state = async (site: { origin: string; label: string }): Promise<SiteState> => ({
        ...site,
        granted: await access.contains(site.origin),
        fixed: fixed.includes(site.origin),
      });
      return Promise.all([...ours, ...others].map(state));
    },
  };
}

/** `https://mail.example.org/*` → `mail.example.org`. */
const labelOf = (origin: string) => origin.replace(/^[^:]+:\/\//, '').replace(/\/.*$/, '');
