import { normalName } from '../../utils/contract/match-key.ts';
import { DAY, HOUR } from '../../utils/format.ts';
import { type MessageKey, plural, t } from '../../utils/i18n.ts';
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
export function Who({ person, fresh }: { person: KnownPerson; fresh: readonly MessageKey[] }) {
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
      <Since at={person.cardAt} fresh={fresh} />
    </div>
  );
}

/** What has just changed by itself, or else, when the copy is old enough to mind, its age. Its place is always there. */
function Since({ at, fresh }: { at: number | undefined; fresh: readonly MessageKey[] }) {
  const old = at !== undefined && now.value - at >= HOUR;
  const news = fresh.length > 0;
  const names = fresh.length < 3 ? fresh.map((part) => t(part)).join(', ') : plural('parts', fresh.length);
  return (
    <p class={old && !news && now.value - at > DAY ? 'why since old' : 'why since'}>
      <span role="status" class={news ? 'mark' : undefined}>
        {news && t('justChanged', names)}
      </span>
      {old && !news && <Text k="cardFrom" with={[<Time key="t" at={at} as="age" />]} />}
    </p>
  );
}
