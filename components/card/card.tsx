import type { ComponentChildren } from 'preact';
import type { Actions } from '../../utils/actions.ts';
import { profilesOf } from '../../utils/contract/profiles.ts';
import { type MessageKey, t } from '../../utils/i18n.ts';
import type { KnownPerson, View } from '../../utils/view.ts';
import { Campaigns } from './campaigns.tsx';
import { Company } from './company.tsx';
import { HandoverBox } from './handover-box.tsx';
import { Notes } from './notes.tsx';
import { Part } from './part.tsx';
import { PermissionBox } from './permission-box.tsx';
import { PersonalData } from './personal-data.tsx';
import { Profiles } from './profiles.tsx';
import {
  byId,
  type PartOf,
  shownOfCampaigns,
  shownOfHandover,
  shownOfPermission,
  shownOfProfiles,
  shownOfStage,
  shownOfWarnings,
  shownOfWho,
} from './shown.ts';
import { Since } from './since.tsx';
import { Sources } from './sources.tsx';
import { StageBox } from './stage-box.tsx';
import { Tasks } from './tasks.tsx';
import { Touches } from './touches.tsx';
import { useNews } from './use-news.ts';
import { Warnings } from './warnings.tsx';
import { Who } from './who.tsx';

interface CardProps {
  view: View;
  person: KnownPerson;
  act: Actions;
  /** Something is half typed: the panel stays with this person. */
  onDirty(dirty: boolean): void;
  onShow(contactId: string): void;
}

/** One person, in the order in which one wants to know. */
export function Card({ view, person, act, onDirty, onShow }: CardProps) {
  const { card, company } = person;
  const { fresh, looks, tell } = useNews();
  const part = (name: MessageKey, of: PartOf, children: ComponentChildren) => (
    <Part name={name} of={of} own={person.waiting} fresh={fresh.includes(name)} looks={looks} onNews={tell}>
      {children}
    </Part>
  );
  return (
    <>
      {part('nameAndPlace', shownOfWho(person), <Who person={person} />)}
      <Since at={person.cardAt} fresh={fresh} />
      {part(
        'warnings',
        shownOfWarnings(view, card),
        <Warnings view={view} person={person} act={act} onShow={onShow} />,
      )}
      {person.unreadable && <p class="alert">{t(card ? 'unreadableOld' : 'unreadable')}</p>}
      {!card && !person.unreadable && <NoCard view={view} />}
      {card && (
        <>
          {part(
            'stageAndOwner',
            shownOfStage(view, card),
            <StageBox view={view} person={person} card={card} act={act} onDirty={onDirty} />,
          )}
          {part(
            'handover',
            shownOfHandover(view, card),
            <HandoverBox view={view} person={person} card={card} act={act} onDirty={onDirty} />,
          )}
          {part(
            'lastTouch',
            byId(card.touches),
            <Touches view={view} person={person} touches={card.touches} count={card.touchCount} />,
          )}
          {part(
            'campaigns',
            shownOfCampaigns(view, card.memberships),
            <Campaigns view={view} memberships={card.memberships} count={card.membershipCount} />,
          )}
          {part(
            'notes',
            byId(card.notes),
            <Notes view={view} person={person} notes={card.notes} act={act} onDirty={onDirty} />,
          )}
          {part(
            'tasks',
            byId(card.tasks),
            <Tasks view={view} person={person} tasks={card.tasks} act={act} />,
          )}
          {company &&
            part(
              'company',
              { company },
              <Company
                view={view}
                company={company}
                contactId={person.contactId}
                act={act}
                onShow={onShow}
              />,
            )}
          {profilesOf(card.contact).length > 0 &&
            part(
              'profiles',
              shownOfProfiles(card.contact),
              <Profiles view={view} contact={card.contact} act={act} />,
            )}
          <Sources contact={card.contact} />
          {part(
            'permission',
            shownOfPermission(card.contact),
            <PermissionBox view={view} contact={card.contact} act={act} onDirty={onDirty} />,
          )}
          <PersonalData view={view} person={person} act={act} />
        </>
      )}
    </>
  );
}

function NoCard({ view }: { view: View }) {
  const { state } = view.connection;
  const coming = state === 'online' || state === 'connecting';
  return (
    <p class="quiet" aria-busy={coming}>
      {coming ? t('fetchingCard') : t('noCopy')}
    </p>
  );
}
