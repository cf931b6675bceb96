import type { Provenance } from '../../utils/contract/contact.ts';
import { t } from '../../utils/i18n.ts';
import type { View } from '../../utils/view.ts';
import { memberOf } from '../records.ts';
import { sourceName } from '../source-name.ts';
import { Time } from '../time.tsx';

/** Where a word on whether somebody may be contacted comes from: who, when, why. */
export function Grounds({ view, from }: { view: View; from: Provenance | undefined }) {
  if (!from) return null;
  const who =
    from.by === undefined ? sourceName(from.source) : (memberOf(view, from.by)?.name ?? t('somebody'));
  return (
    <>
      <bdi>{who}</bdi>, <Time at={from.at} as="past" />
      {from.reason !== undefined && (
        <>
          : <bdi>{t('quote', from.reason)}</bdi>
        </>
      )}
    </>
  );
}
