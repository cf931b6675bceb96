import { DAY, HOUR } from '../../utils/format.ts';
import { type MessageKey, plural, t } from '../../utils/i18n.ts';
import { now } from '../../utils/now.ts';
import { Text } from '../text.tsx';
import { Time } from '../time.tsx';

/** What has just changed by itself, or else, when the copy is old enough to mind, its age. Its place is always there. */
export function Since({ at, fresh }: { at: number | undefined; fresh: readonly MessageKey[] }) {
  const old = at !== undefined && now.value - at >= HOUR;
  const news = fresh.length > 0;
  const names = fresh.length < 3 ? fresh.map((part) => t(part)).join(', ') : plural('parts', fresh.length);
  return (
    <p class={old && !news && now.value - at > DAY ? 'since old' : 'since'}>
      <span role="status" class={news ? 'mark' : undefined}>
        {news && t('justChanged', names)}
      </span>
      {old && !news && <Text k="cardFrom" with={[<Time key="t" at={at} as="age" />]} />}
    </p>
  );
}
