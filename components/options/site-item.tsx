import { useId } from 'preact/hooks';
import { type MessageKey, t } from '../../utils/i18n.ts';
import type { SiteState } from '../../utils/messages.ts';

const READS: Record<NonNullable<SiteState['kind']>, MessageKey> = {
  mail: 'siteReadsMail',
  social: 'siteReadsSocial',
};

interface SiteItemProps {
  site: SiteState;
  onAllow(origins: string[], site?: string): void;
  onStop(origins: string[], site?: string): void;
}

/** One site: what of it is read, and the switch. */
export function SiteItem({ site, onAllow, onStop }: SiteItemProps) {
  const id = useId();
  const { origins, label, kind, bare, granted, fixed } = site;
  return (
    <li>
      <span class="hit">
        <b>{label}</b>
        <span class="quiet">{origins.map(plain).join(', ')}</span>
        {kind && (
          <span id={id} class="quiet">
            {t(bare ? 'siteReadsNetwork' : READS[kind], label)}
          </span>
        )}
      </span>
      {fixed && <span class="faint">{t('siteFixed')}</span>}
      {!fixed && (
        <button
          type="button"
          class="btn"
          aria-label={t(granted ? 'siteStopNamed' : 'siteAllowNamed', label)}
          aria-describedby={kind && id}
          onClick={() => (granted ? onStop : onAllow)(origins, site.id)}
        >
          {t(granted ? 'siteStop' : 'siteAllow')}
        </button>
      )}
    </li>
  );
}

/** `https://mail.example.org/*` → `mail.example.org`; with a port or without encryption it is told. */
const plain = (origin: string) => origin.replace(/^https:\/\//, '').replace(/\/\*$/, '');
