import { useState } from 'preact/hooks';
import { t } from '../../utils/i18n.ts';
import type { SiteState } from '../../utils/messages.ts';
import { originPattern } from '../../utils/server-address.ts';
import { Field } from '../field.tsx';

interface SiteListProps {
  sites: SiteState[];
  /** Must run within the click: the browser asks. */
  onAllow(origin: string): void;
  onStop(origin: string): void;
}

/** Which sites Truce may read, one by one. */
export function SiteList({ sites, onAllow, onStop }: SiteListProps) {
  const [address, setAddress] = useState('');
  const [bad, setBad] = useState(false);
  const add = (event: Event) => {
    event.preventDefault();
    const origin = originPattern(address);
    setBad(origin === undefined);
    if (origin === undefined) return;
    onAllow(origin);
    setAddress('');
  };
  return (
    <>
      <ul class="items sites">
        {sites.map((site) => (
          <li key={site.origin}>
            <span class="hit">
              <b>{site.label}</b>
              <span class="quiet">{site.origin}</span>
            </span>
            {site.fixed && <span class="faint">{t('siteFixed')}</span>}
            {!site.fixed && (
              <button
                type="button"
                class="btn"
                aria-label={t(site.granted ? 'siteStopNamed' : 'siteAllowNamed', site.label)}
                onClick={() => (site.granted ? onStop : onAllow)(site.origin)}
              >
                {t(site.granted ? 'siteStop' : 'siteAllow')}
              </button>
            )}
          </li>
        ))}
      </ul>
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
