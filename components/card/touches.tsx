import { useState } from 'preact/hooks';
import type { Touch, TouchKind } from '../../utils/contract/touch.ts';
import { type MessageKey, plural, t } from '../../utils/i18n.ts';
import type { KnownPerson, View } from '../../utils/view.ts';
import { Icon } from '../icon.tsx';
import { Link } from '../link.tsx';
import { memberOf } from '../records.ts';
import { Team } from '../team.tsx';
import { Text } from '../text.tsx';
import { Time } from '../time.tsx';
import { Waiting } from '../waiting.tsx';

/** Said of a touch without and with the name of who of us it was: from us, then from them. */
type Words = [alone: MessageKey, named: MessageKey];
const WORDS: Record<TouchKind, { out: Words; in: Words }> = {
  email: { out: ['touchEmail', 'touchEmailBy'], in: ['touchEmailIn', 'touchEmailInTo'] },
  call: { out: ['touchCall', 'touchCallBy'], in: ['touchCallIn', 'touchCallInTo'] },
  meeting: { out: ['touchMeeting', 'touchMeetingBy'], in: ['touchMeeting', 'touchMeetingBy'] },
  social: { out: ['touchSocial', 'touchSocialBy'], in: ['touchSocialIn', 'touchSocialInTo'] },
  event: { out: ['touchEvent', 'touchEventBy'], in: ['touchEvent', 'touchEventBy'] },
  form: { out: ['touchForm', 'touchFormBy'], in: ['touchForm', 'touchFormBy'] },
  'direct-mail': { out: ['touchLetter', 'touchLetterBy'], in: ['touchLetterIn', 'touchLetterInTo'] },
  chat: { out: ['touchChat', 'touchChatBy'], in: ['touchChat', 'touchChatBy'] },
};

export function Touches({ view, person, touches, count }: TouchesProps) {
  const [all, showAll] = useState(false);
  const shown = all ? touches : touches.slice(0, 1);
  return (
    <section>
      <h2>
        {all ? t('touches') : t('lastTouch')}
        {touches.length > 1 && (
          <button type="button" class="more" aria-expanded={all} onClick={() => showAll(!all)}>
            {all ? t('less') : t('all', touches.length)}
          </button>
        )}
      </h2>
      {touches.length === 0 && <p class="quiet">{t('noTouch')}</p>}
      <ul class="items">
        {shown.map((touch) => (
          <TouchItem key={touch.id} view={view} touch={touch} waiting={person.waiting.includes(touch.id)} />
        ))}
      </ul>
      {all && count > touches.length && <p class="quiet">{plural('olderTouches', count - touches.length)}</p>}
    </section>
  );
}

interface TouchesProps {
  view: View;
  person: KnownPerson;
  /** Newest first. */
  touches: Touch[];
  count: number;
}

function TouchItem({ view, touch, waiting }: { view: View; touch: Touch; waiting: boolean }) {
  const [alone, named] = WORDS[touch.kind][touch.direction];
  const member = memberOf(view, touch.memberId);
  return (
    <li class="item">
      <Icon name={touch.kind} />
      <div class="line">
        <span class="what">
          {member ? <Text k={named} with={[<bdi key="m">{member.name}</bdi>]} /> : t(alone)}{' '}
          <Team team={touch.team} />
        </span>
        <Time class="when" at={touch.at} as="past" />
      </div>
      {touch.subject && (
        <p class="say" dir="auto">
          <Link to={touch.link}>{touch.subject}</Link>
        </p>
      )}
      {!touch.subject && touch.link && (
        <p class="say">
          <Link to={touch.link} otherwise={null}>
            {t('openIt')}
          </Link>
        </p>
      )}
      {touch.excerpt && (
        <p class="say" dir="auto">
          {touch.excerpt}
        </p>
      )}
      {waiting && (
        <p class="say">
          <Waiting view={view} />
        </p>
      )}
    </li>
  );
}
