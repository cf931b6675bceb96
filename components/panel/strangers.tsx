import { plural, t } from '../../utils/i18n.ts';
import type { Stranger } from '../../utils/view.ts';
import { Text } from '../text.tsx';

interface StrangersProps {
  strangers: Stranger[];
  /** How many more there are, which are not listed. */
  more: number;
  /** The team's contacts have been here once, so that it can be said who is none. */
  tested: boolean;
  /** Absent: the user may not. */
  onAdd: ((stranger: Stranger) => void) | undefined;
}

/** The people of the page who are none of our contacts; they stay on this device. */
export function Strangers({ strangers, more, tested, onAdd }: StrangersProps) {
  return (
    <section>
      <h1>{plural('notKnownTitle', strangers.length + more)}</h1>
      {tested && <p class="quiet">{t('strangersStay')}</p>}
      <ul class="items">
        {strangers.map((stranger) => (
          <li key={stranger.address} class="stranger">
            <span class="hit">
              {stranger.name && <b dir="auto">{stranger.name}</b>}
              <span class={stranger.name ? 'quiet' : undefined} dir="auto">
                {stranger.address}
              </span>
              {stranger.focus && stranger.role === 'sender' && <span class="faint">{t('wroteThis')}</span>}
              {stranger.company && (
                <span class="faint">
                  <Text k="knownCompany" with={[<bdi key="c">{stranger.company.name}</bdi>]} />
                </span>
              )}
            </span>
            {onAdd && (
              <button
                type="button"
                class="btn"
                aria-label={t('addNamed', stranger.name ?? stranger.address)}
                onClick={() => onAdd(stranger)}
              >
                {t('add')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {more > 0 && <p class="quiet">{plural('moreStrangers', more)}</p>}
    </section>
  );
}
