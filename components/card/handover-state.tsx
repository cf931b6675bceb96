import { clockOf } from '../../utils/agreement/clock.ts';
import { type Handover, stateAt } from '../../utils/contract/handover.ts';
import { type MessageKey, t } from '../../utils/i18n.ts';
import { now } from '../../utils/now.ts';
import type { View } from '../../utils/view.ts';
import { clockWords } from '../handover.ts';
import { holderName, memberOf } from '../records.ts';
import { Text } from '../text.tsx';
import { Time } from '../time.tsx';

interface HandoverStateProps {
  view: View;
  handover: Handover;
}

/** What has become of a handover: by whom, to whom, with what words; and its clock while it runs. */
export function HandoverState({ view, handover }: HandoverStateProps) {
  const { byId, toId, at, words, returned, followed } = handover;
  const name = (id: string | undefined) => {
    const member = memberOf(view, id);
    return <bdi key={id ?? 'nobody'}>{member ? holderName(member) : t('somebody')}</bdi>;
  };
  const state = stateAt(handover, now.value);
  const to = toId === undefined ? <bdi key="all">{t('allOfSales')}</bdi> : name(toId);
  return (
    <>
      <p>
        <Text k="handedOver" with={[name(byId), to, <Time key="t" at={at} as="past" />]} />
      </p>
      {words !== undefined && <p dir="auto">{t('quote', words)}</p>}
      {returned && (
        <p>
          <Text
            k="sentBackBy"
            with={[
              name(returned.byId),
              <strong key="r" dir="auto">
                {reasonOf(view, returned)}
              </strong>,
            ]}
          />
        </p>
      )}
      {returned?.words !== undefined && <p dir="auto">{t('quote', returned.words)}</p>}
      {followed && (
        <p>
          <Text k="followedBy" with={[name(followed.byId), <Time key="t" at={followed.at} as="past" />]} />
        </p>
      )}
      {state === 'withdrawn' && <p class="quiet">{t('handoverWithdrawn')}</p>}
      <HandoverClock view={view} handover={handover} />
    </>
  );
}

/** What it reads in the agreement, until the server has said what it read when it was chosen. */
function reasonOf(view: View, { reason, reasonId }: NonNullable<Handover['returned']>): string {
  return reason || (view.agreement?.reasons.find(({ id }) => id === reasonId)?.label ?? reasonId);
}

const STATE: Partial<Record<Handover['state'], MessageKey>> = {
  offered: 'notYetAccepted',
  accepted: 'accepted',
};

/** How long is left, in working time, and until when that is. */
export function HandoverClock({ view, handover }: HandoverStateProps) {
  const clock = view.agreement && clockOf(handover, view.agreement, now.value);
  if (!clock) return null;
  const said = STATE[handover.state];
  return (
    <p class={clock.state === 'running' ? 'clock' : `clock ${clock.state}`}>
      <strong>{clockWords(clock)}</strong>{' '}
      <span class="quiet">
        <Text
          k={clock.state === 'lapsed' ? 'clockSince' : 'clockUntil'}
          with={[<Time key="d" at={clock.dueAt} />]}
        />
        {said && `, ${t(said)}`}
      </span>
    </p>
  );
}
