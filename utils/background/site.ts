import { hostsOf, socialAt, socialSites } from '../detect/networks.ts';
import { recipes } from '../detect/sites/index.ts';
import type { SiteState } from '../messages.ts';
import type { Access } from './access.ts';
import type { Handlers } from './dispatcher.ts';

type Site = Pick<SiteState, 'origins' | 'label' | 'kind' | 'id' | 'bare'>;

const patternOf = (host: string) => `https://${host}/*`;

/** @param changed what may be read of these hosts, as match patterns, is not what it was */
export function siteHandlers(
  access: Access,
  changed: (origins: string[]) => Promise<void>,
): Pick<Handlers, 'site.list' | 'site.turn'> {
  return {
    async 'site.list'() {
      const [fixed, on] = [access.fixed(), await access.consent.all()];
      const mail = recipes.flatMap(({ hosts, label, kind }): Site[] =>
        hosts.length > 0 && kind === 'mail' ? [{ origins: hosts.map(patternOf), label, kind }] : [],
      );
      const social = socialSites.map(
        ({ id, hosts, label, kind, profile }): Site => ({
          ...{ origins: hosts.map(patternOf), label, kind, id },
          ...(!profile && { bare: true }),
        }),
      );
      const known = new Set([...mail, ...social].flatMap(({ origins }) => origins));
      const others = [...new Set([...fixed, ...(await access.granted())])]
        .filter((origin) => !known.has(origin))
        .map((origin): Site => ({ origins: [origin], label: labelOf(origin) }));
      const state = async (site: Site): Promise<SiteState> => {
        const may = await Promise.all(site.origins.map((origin) => access.contains(origin)));
        return {
          ...site,
          granted: may.includes(true) && (site.id === undefined || on.has(site.id)),
          fixed: site.origins.some((origin) => fixed.includes(origin)),
        };
      };
      return Promise.all([...mail, ...social, ...others].map(state));
    },
    async 'site.turn'({ site, on }) {
      const { id } = socialSites.find((one) => one.id === site) ?? socialAt(site) ?? {};
      if (id === undefined || (await access.consent.all()).has(id) === on) return;
      await access.consent.turn(id, on);
      await changed(on ? hostsOf(id).map((host) => `*://${host}/*`) : []);
    },
  };
}

/** `https://mail.example.org/*` → `mail.example.org`. */
const labelOf = (origin: string) => origin.replace(/^[^:]+:\/\//, '').replace(/\/.*$/, '');
