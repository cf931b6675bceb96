import { useState } from 'preact/hooks';
import type { Actions } from '../../utils/actions.ts';
import type { Collision, Way } from '../../utils/agreement/collide.ts';
import type { Rule } from '../../utils/contract/go-ahead.ts';
import { type MessageKey, t } from '../../utils/i18n.ts';
import { now } from '../../utils/now.ts';
import type { KnownPerson, View } from '../../utils/view.ts';
import { collisionsOf } from '../collisions.ts';
import { holderName, mayWrite, memberOf, nameOf } from '../records.ts';
import { Text } from '../text.tsx';
import { Time } from '../time.tsx';
import { useReturn } from '../use-return.ts';
import { WayForm } from './way-form.tsx';

/** What somebody's own `no` is in the way of is said above, with its grounds. */
type Said = Exclude<Rule, 'suppressed' | 'no-consent'>;

/** `$1` who, `$2` when. */
const WORDS: Record<Said, MessageKey> = {
  complaint: 'openComplaint',
  clock: 'clockRanOut',
  'open-conversation': 'inConversation',
  'open-deal': 'dealInHand',
  'campaign-near': 'comingSoon',
  'other-team': 'otherTeamWrote',
  owned: 'lookedAfter',
};
const WAYS: Record<Way, MessageKey> = { hold: 'keepOut', ask: 'askThem', go: 'goAhead' };

const isSaid = (found: Collision): found is Collision & { rule: Said } =>
  found.rule !== 'suppressed' && found.rule !== 'no-consent';

interface CollisionsProps {
  view: View;
  person: KnownPerson;
  act: Actions;
}

/** What is in the way of writing to them, the gravest first, each with the ways out of it. */
export function Collisions({ view, person, act }: CollisionsProps) {
  const me = view.connection.me;
  const all = collisionsOf(view, person, now.value).filter(isSaid);
  // Of one's own lead the clock itself says it.
  const shown = all.filter(({ rule, whoId }) => rule !== 'clock' || whoId !== me);
  return (
    <>
      {shown.map((found) => (
        <One key={`${found.rule}:${found.refId}`} view={view} person={person} found={found} act={act} />
      ))}
    </>
  );
}

interface OneProps extends CollisionsProps {
  found: Collision & { rule: Said };
}

function One({ view, person, found, act }: OneProps) {
  const [way, setWay] = useState<Way>();
  const opener = useReturn(way !== undefined);
  const { level, ways, what, hold, gone } = found;
  const said = <Words view={view} person={person} found={found} />;
  return (
    <div class={level === 'note' ? 'alert aside' : 'alert'}>
      <p>
        {level === 'note' ? said : <strong>{said}</strong>}{' '}
        {what !== undefined && <bdi>{t('quote', what)}</bdi>}
      </p>
      {hold && <p>{t(hold.state === 'refused' ? 'holdRefused' : 'holdAsked')}</p>}
      {hold?.answer !== undefined && <p dir="auto">{t('quote', hold.answer)}</p>}
      {gone && <p dir="auto">{t('youWentAhead', gone.why)}</p>}
      {way && <WayForm person={person} found={found} way={way} act={act} onClose={() => setWay(undefined)} />}
      {!way && mayWrite(view) && ways.length > 0 && (
        <div class="do">
          {ways.map((one, nth) => (
            <button
              key={one}
              ref={nth === 0 ? opener : null}
              type="button"
              class="btn"
              onClick={() => setWay(one)}
            >
              {t(WAYS[one])}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function Words({ view, person, found: { rule, whoId, at, refId } }: Omit<OneProps, 'act'>) {
  const member = memberOf(view, whoId);
  const who = <bdi key="w">{member ? holderName(member) : t('somebody')}</bdi>;
  const time = at === undefined ? '' : <Time key="t" at={at} />;
  if (rule !== 'campaign-near') return <Text k={WORDS[rule]} with={[who, time]} />;
  const planned = person.card?.memberships.some(
    ({ campaignId, state }) => campaignId === refId && state === 'planned',
  );
  return <Text k={planned ? 'comingSoon' : 'justSent'} with={[<bdi key="p">{nameOf(person)}</bdi>, time]} />;
}
