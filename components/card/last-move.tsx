import type { Definition } from '../../utils/contract/definition.ts';
import type { Move } from '../../utils/contract/move.ts';
import { t } from '../../utils/i18n.ts';
import type { View } from '../../utils/view.ts';
import { definitionOf, memberOf } from '../records.ts';
import { sourceName } from '../source-name.ts';
import { Text } from '../text.tsx';
import { Time } from '../time.tsx';

/** Who moved them into the stage they are in, when, out of which, and why. */
export function LastMove({ view, move, stage }: { view: View; move: Move; stage: Definition }) {
  const from = definitionOf(view, move.fromId)?.label;
  const by = memberOf(view, move.by)?.name ?? sourceName(move.source);
  const elements = [<Time key="t" at={move.at} as="past" />, <bdi key="b">{by}</bdi>];
  return (
    <>
      <p>
        {from === undefined ? (
          <Text k="movedHere" with={elements} />
        ) : (
          <Text k="movedFrom" with={[<bdi key="f">{from}</bdi>, ...elements]} />
        )}
      </p>
      {move.reason && <p dir="auto">{t('quote', move.reason)}</p>}
      {move.toRevision !== undefined && move.toRevision < stage.revision && <p>{t('redefinedSince')}</p>}
    </>
  );
}
