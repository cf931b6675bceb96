import { useState } from 'preact/hooks';
import { type MessageKey, t } from '../../utils/i18n.ts';
import type { SiteState } from '../../utils/messages.ts';
import { originPattern } from '../../utils/server-address.ts';
import { Field } from '../field.tsx';
import { SiteItem } from './site-item.tsx';

interface SiteListProps {
  sites: SiteState[];
  /** Must run within the click: the browser asks. */
  onAllow(origins: string[], site?: string): void;
  onStop(origins: string[], site?: string): void;
}

const GROUPS: [SiteState['kind'], MessageKey][] = [
  ['mail', 'sitesMail'],
  ['social', 'sitesSocial'],
  [undefined, 'sitesOther'],
];

/** Which sites Truce may read, one by one. */
export function SiteList({ sites, onAllow, onStop }: SiteListProps) {
  const [address, setAddress] = useState('');
  const [bad, setBad] = useState(false);
  const add = (event: Event) => {
    event.preventDefault();
    const origin = originPattern(address);
    setBad(origin === undefined);
    if (origin === undefined) return;
    onAllow([origin]);
    setAddress('');
  };
  return (
    <>
      {GROUPS.map(([kind, title]) => {
        const group = sites.filter((site) => site.kind === kind);
        if (group.length === 0) return null;
        return (
          <>
            <h3>{t(title)}</h3>
            {kind === 'social' && <p class="quiet">{t('sitesSocialMore')}</p>}
            <ul class="items sites">
              {group.map((site) => (
                <SiteItem key={site.origins[0]} site={site} onAllow={onAllow} onStop={onStop} />
              ))}
            </ul>
          </>
        );
      })}
      <form class="form inline" onSubmit={add}>
        <Field
          label={t('siteAdd')}
          value={address}
          hint={t('siteHint')}
          problem={bad ? t('siteIsNone') : undefined}
          onInput={setAddress}
        />
        <button type="submit" class="btn" disabled={address.trim() === ''}>
          {t('siteAllow')}
        </button>
      </form>
    </>
  );
}
