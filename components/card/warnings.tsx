import type { Actions } from '../../utils/actions.ts';
import type { Campaign } from '../../utils/contract/campaign.ts';
import { DAY } from '../../utils/format.ts';
import { plural, t } from '../../utils/i18n.ts';
import { now } from '../../utils/now.ts';
import { isGuess, type KnownPerson, type View } from '../../utils/view.ts';
import { barOf, groundsOf } from '../permission.ts';
import { campaignOf, nameOf } from '../records.ts';
import { Text } from '../text.tsx';
import { Time } from '../time.tsx';
import { plannedAt } from './campaigns.tsx';
import { Grounds } from './grounds.tsx';
import { Suggestion } from './suggestion.tsx';

/** A campaign that goes out sooner than this is something to know before one replies. */
const SOON = 3 * DAY;

interface WarningsProps {
  view: View;
  person: KnownPerson;
  act: Actions;
  onShow(contactId: string): void;
}

/** What to know before doing anything, the gravest first. */
export function Warnings({ view, person, act, onShow }: WarningsProps) {
  const contact = person.card?.contact;
  const bar = barOf(contact);
  const clash = plannedFor(view, person);
  const showOthers = async () => {
    const [first, ...rest] = person.others;
    for (const id of rest.reverse()) await act.open(id).catch(() => undefined); // Those in reach.
    if (first) onShow(first);
  };
  return (
    <>
      {contact && bar && (
        <div class="alert stop">
          <p>
            <strong>{t(bar === 'contact' ? 'doNotContact' : 'consentDenied')}</strong>{' '}
            {t(bar === 'contact' ? 'doNotContactMore' : 'consentDeniedMore')}{' '}
            <Grounds view={view} from={groundsOf(contact, bar)} />
          </p>
          {clash && (
            <p>
              <Text k="plannedAllTheSame" with={[<bdi key="c">{clash.name}</bdi>]} />
            </p>
          )}
        </div>
      )}
      {isGuess(person) && <Suggestion view={view} person={person} act={act} />}
      {person.others.length > 0 && (
        <div class="alert guess">
          <p>{plural('sharedAddress', person.others.length + 1)}</p>
          <div class="do">
            <button type="button" class="btn" onClick={showOthers}>
              {plural('showOthers', person.others.length)}
            </button>
          </div>
        </div>
      )}
      {!bar && <ComingSoon view={view} person={person} />}
    </>
  );
}

/** The next campaign that they are in. */
function plannedFor(view: View, { card }: KnownPerson): Campaign | undefined {
  const planned = card?.memberships.find((membership) => membership.state === 'planned');
  return planned && campaignOf(view, planned.campaignId);
}

function ComingSoon({ view, person }: { view: View; person: KnownPerson }) {
  const planned = person.card?.memberships.find((membership) => membership.state === 'planned');
  const campaign = plannedFor(view, person);
  if (!planned || !campaign) return null;
  const at = plannedAt(planned, campaign);
  if (at < now.value || at > now.value + SOON) return null;
  return (
    <div class="alert">
      <p>
        <strong>
          <Text k="comingSoon" with={[<bdi key="n">{nameOf(person)}</bdi>, <Time key="t" at={at} />]} />
        </strong>{' '}
        <bdi>{t('quote', campaign.subject ?? campaign.name)}</bdi>
      </p>
    </div>
  );
}
