import { t } from '../../utils/i18n.ts';
import type { Difference } from './differences-of.ts';

/** What is, and what would be, side by side; of what is new, what would be. */
export function Differences({ all }: { all: readonly Difference[] }) {
  const isNew = all.every(({ before }) => before === undefined);
  return (
    <dl class="differences">
      {all.map(({ name, before, after }) => (
        <div key={name}>
          <dt>{t(name)}</dt>
          {!isNew && (
            <dd class="before">
              <span class="quiet">{t('wordsBefore')}</span>
              <bdi>{before ?? t('wordsNone')}</bdi>
            </dd>
          )}
          <dd class="after">
            {!isNew && <span class="quiet">{t('wordsAfter')}</span>}
            <bdi>{after ?? t('wordsNone')}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
