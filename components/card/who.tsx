import { normalName } from '../../utils/contract/match-key.ts';
import { DAY, HOUR } from '../../utils/format.ts';
import type { MessageKey } from '../../utils/i18n.ts';
import { now } from '../../utils/now.ts';
import type { KnownPerson } from '../../utils/view.ts';
import { nameOf } from '../records.ts';
import { Text } from '../text.tsx';
import { Time } from '../time.tsx';

const WHY: Record<KnownPerson['by'], MessageKey> = {
  address: 'whyAddress',
  profile: 'whyProfile',
  name: 'whyName',
  hand: 'whyHand',
};

/** Name, place, and why we think that this is them. */
export function Who({ person }: { person: KnownPerson }) {
  const { card, company, matched, by } = person;
  const name = nameOf(person);
  const otherwise = person.name && normalName(person.name) !== normalName(name) ? person.name : undefined;
  return (
    <div class="who">
      <h1 dir="auto">{name}</h1>
      {(card?.contact.title || company) && (
        <p class="quiet" dir="auto">
          {card?.contact.title}
          {card?.contact.title && company && ', '}
          {company && <bdi>{company.name}</bdi>}
        </p>
      )}
      <p class="why">
        <Text k={WHY[by]} with={[<bdi key="m">{matched}</bdi>]} />
        {otherwise && <Text k="namedHere" with={[<bdi key="n">{otherwise}</bdi>]} />}
      </p>
      <Age at={person.cardAt} />
    </div>
  );
}

/** Said only when the copy is old enough to mind. */
function Age({ at }: { at: number | undefined }) {
  if (at === undefined || now.value - at < HOUR) return null;
  return (
    <p class={now.value - at > DAY ? 'why old' : 'why'}>
      <Text k="cardFrom" with={[<Time key="t" at={at} as="age" />]} />
    </p>
  );
}
