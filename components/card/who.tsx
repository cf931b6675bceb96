import { normalName } from '../../utils/contract/match-key.ts';
import type { MessageKey } from '../../utils/i18n.ts';
import type { KnownPerson } from '../../utils/view.ts';
import { Address } from '../address.tsx';
import { nameOf } from '../records.ts';
import { Text } from '../text.tsx';

const WHY: Record<KnownPerson['by'], MessageKey> = {
  address: 'whyAddress',
  profile: 'whyProfile',
  claim: 'whyClaim',
  name: 'whyName',
  hand: 'whyHand',
};

/** Name, place, and why we think that this is them. */
export function Who({ person }: { person: KnownPerson }) {
  const { card, company, matched, by, alternate } = person;
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
        <Text k={alternate ? 'whyAlternate' : WHY[by]} with={[<Address key="m" value={matched} />]} />
        {otherwise && <Text k="namedHere" with={[<bdi key="n">{otherwise}</bdi>]} />}
      </p>
    </div>
  );
}
