import type { Actions } from '../../utils/actions.ts';
import type { Campaign } from '../../utils/contract/campaign.ts';
import { plural, t } from '../../utils/i18n.ts';
import { isGuess, type KnownPerson, type View } from '../../utils/view.ts';
import { barOf, groundsOf } from '../permission.ts';
import { campaignOf } from '../records.ts';
import { Text } from '../text.tsx';
import { Collisions } from './collision.tsx';
import { Grounds } from './grounds.tsx';
import { Holds } from './holds.tsx';
import { Suggestion } from './suggestion.tsx';

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
      {bar !== 'contact' && <Collisions view={view} person={person} act={act} />}
      <Holds view={view} person={person} act={act} />
    </>
  );
}

/** The next campaign that they are in. */
function plannedFor(view: View, { card }: KnownPerson): Campaign | undefined {
  const planned = card?.memberships.find((membership) => membership.state === 'planned');
  return planned && campaignOf(view, planned.campaignId);
}
