import { recipes } from '../detect/sites/index.ts';
import type { SiteState } from '../messages.ts';
import type { Access } from './access.ts';
import type { Handlers } from './dispatcher.ts';

type Site = Pick<SiteState, 'origins' | 'label' | 'kind'>;

export function siteHandlers(access: Access): Pick<Handlers, 'site.list'> {
  return {
    async 'site.list'() {
      const fixed = access.fixed();
      const ours = recipes.flatMap(({ hosts, label, kind }): Site[] =>
        hosts.length > 0 ? [{ origins: hosts.map((host) => `https://${host}/*`), label, kind }] : [],
      );
      const known = new Set(ours.flatMap(({ origins }) => origins));
      const others = [...new Set([...fixed, ...(await access.granted())])]
        .filter((origin) => !known.has(origin))
        .map((origin): Site => ({ origins: [origin], label: labelOf(origin) }));
      const state = async (site: Site): Promise<SiteState> => ({
        ...site,
        granted: (await Promise.all(site.origins.map((origin) => access.contains(origin)))).includes(true),
        fixed: site.origins.some((origin) => fixed.includes(origin)),
      });
      return Promise.all([...ours, ...others].map(state));
    },
  };
}

/** `https://mail.example.org/*` → `mail.example.org`. */
const labelOf = (origin: string) => origin.replace(/^[^:]+:\/\//, '').replace(/\/.*$/, '');
