import type { Actions } from '../../utils/actions.ts';
import { answerHold, liftHold } from '../../utils/commands.ts';
import type { Hold } from '../../utils/contract/hold.ts';
import { t } from '../../utils/i18n.ts';
import type { KnownPerson, View } from '../../utils/view.ts';
import { answersFor, standingOf } from '../collisions.ts';
import { Problem } from '../problem.tsx';
import { campaignOf, holderName, mayWrite, memberOf } from '../records.ts';
import { Text } from '../text.tsx';
import { useSend } from '../use-send.ts';

interface HoldsProps {
  view: View;
  person: KnownPerson;
  act: Actions;
}

/** Campaigns that they are kept out of, or are to be: whose campaign it is answers here. */
export function Holds({ view, person, act }: HoldsProps) {
  return (
    <>
      {standingOf(person).map((hold) => (
        <HoldBox key={hold.id} view={view} person={person} hold={hold} act={act} />
      ))}
    </>
  );
}

function HoldBox({ view, person: { contactId }, hold, act }: HoldsProps & { hold: Hold }) {
  const { busy, problem, send } = useSend();
  const campaign = campaignOf(view, hold.campaignId);
  const answers = answersFor(view, hold.campaignId);
  const asker = memberOf(view, hold.byId);
  const asked = hold.state === 'asked';
  // Who asked is told above that it was asked.
  if (asked && !answers) return null;
  const who = <bdi key="w">{asker ? holderName(asker) : t('somebody')}</bdi>;
  const which = <bdi key="c">{campaign?.subject ?? campaign?.name ?? t('aCampaign')}</bdi>;
  const of = { holdId: hold.id, contactId };
  const answer = (held: boolean) => void send(() => act.write(answerHold({ ...of, held })));
  const lift = () => void send(() => act.write(liftHold(of)));
  const mayLift = mayWrite(view) && (answers || hold.byId === view.connection.me);
  return (
    <div class={asked ? 'alert' : 'alert aside'}>
      <p>
        {asked ? (
          <strong>
            <Text k="holdWanted" with={[who, which]} />
          </strong>
        ) : (
          <Text k="holdHeld" with={[who, which]} />
        )}
      </p>
      {hold.words !== undefined && <p dir="auto">{t('quote', hold.words)}</p>}
      <Problem words={problem} />
      {asked && (
        <div class="do">
          <button type="button" class="btn primary" disabled={busy} onClick={() => answer(true)}>
            {t('holdOut')}
          </button>
          <button type="button" class="btn" disabled={busy} onClick={() => answer(false)}>
            {t('holdIn')}
          </button>
        </div>
      )}
      {!asked && mayLift && (
        <div class="do">
          <button type="button" class="btn" disabled={busy} onClick={lift}>
            {t('holdLift')}
          </button>
        </div>
      )}
    </div>
  );
}
