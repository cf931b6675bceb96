import type { NewLink as Link, TeamAnswer } from '../../utils/contract/team.ts';
import { t } from '../../utils/i18n.ts';
import { useReturn } from '../use-return.ts';
import type { TeamActs } from './acts.ts';
import { type Invited, InviteForm } from './invite-form.tsx';
import { InviteItem } from './invite-item.tsx';
import { NewLink } from './new-link.tsx';
import type { StandingOf } from './standing.tsx';

/** A link on screen, with words for whom it is. */
export interface Made {
  link: Link;
  who: string;
}

interface InvitesProps {
  team: TeamAnswer;
  me: StandingOf;
  /** Open form, with what it starts from. */
  form: Partial<Invited> | undefined;
  onForm(start: Partial<Invited> | undefined): void;
  made: Made | undefined;
  onMade(made: Made | undefined): void;
  act: TeamActs;
}

/** Who may come in but has not yet; for those who may let somebody in. */
export function Invites({ team, me, form, onForm, made, onMade, act }: InvitesProps) {
  const back = useReturn(form !== undefined);
  const invites = team.invites.filter(({ memberId }) => memberId !== team.me);
  const ownerOf = (id: string | undefined) =>
    id === undefined ? undefined : (team.members.find((member) => member.id === id)?.name ?? t('somebody'));
  const show = (link: Link, who: string) => {
    onForm(undefined);
    onMade({ link, who });
  };
  return (
    <section>
      <h2>{t('invitations')}</h2>
      {made && <NewLink key={made.link.id} {...made} onClose={() => onMade(undefined)} />}
      {form && (
        <InviteForm
          key={form.email}
          me={me}
          start={form}
          act={act}
          onMade={show}
          onClose={() => onForm(undefined)}
        />
      )}
      {!form && (
        <p>
          <button ref={back} type="button" class="btn" onClick={() => onForm({})}>
            {t('inviteSomebody')}
          </button>
        </p>
      )}
      {invites.length === 0 && <p class="quiet">{t('noInvitations')}</p>}
      <ul class="items entries">
        {invites.map((invite) => (
          <InviteItem
            key={invite.id}
            invite={invite}
            owner={ownerOf(invite.memberId)}
            renewable={invite.memberId === undefined}
            act={act}
            onMade={show}
          />
        ))}
      </ul>
    </section>
  );
}
