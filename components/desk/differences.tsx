import { t } from '../../utils/i18n.ts';
import type { Difference } from './differences-of.ts';

/** What is, and what would be, side by side. */
export function Differences({ all }: { all: readonly Difference[] }) {
  return (
    <dl class="differences">
      {all.map(({ name, before, after }) => (
        <div key={name}>
          <dt>{t(name)}</dt>
          <dd class="before">
            <span class="quiet">{t('wordsBefore')}</span>
            <bdi>{before ?? t('wordsNone')}</bdi>
          </dd>
          <dd class="after">
            <span class="quiet">{t('wordsAfter')}</span>
            <bdi>{after ?? t('wordsNone')}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
