import type { TeamAnswer, TeamMember } from '../../utils/contract/team.ts';
import { plural, t } from '../../utils/i18n.ts';
import { Text } from '../text.tsx';
import { Time } from '../time.tsx';
import type { TeamActs } from './acts.ts';
import { MemberItem } from './member-item.tsx';

interface MembersProps {
  team: TeamAnswer;
  admin: boolean;
  act: TeamActs;
  /** Opens the form for an invitation. */
  onInvite(member: TeamMember): void;
}

/** Who is in the team, and who was. */
export function Members({ team, admin, act, onInvite }: MembersProps) {
  const active = team.members.filter(({ leftAt }) => leftAt === undefined);
  const left = team.members.filter(({ leftAt }) => leftAt !== undefined);
  return (
    <section>
      <h2>{t('members')}</h2>
      <ul class="items entries">
        {active.map((member) => (
          <MemberItem key={member.id} member={member} own={member.id === team.me} admin={admin} act={act} />
        ))}
      </ul>
      {left.length > 0 && (
        <details>
          <summary>{plural('haveLeft', left.length)}</summary>
          <ul class="items entries">
            {left.map((member) => (
              <li key={member.id} class="entry">
                <div class="hit">
                  <b dir="auto">{member.name}</b>
                  <p class="faint">
                    {member.leftAt && <Text k="leftAt" with={[<Time key="t" at={member.leftAt} />]} />}
                  </p>
                </div>
                {admin && member.email && (
                  <button
                    type="button"
                    class="btn"
                    aria-label={t('inviteAgainNamed', member.name)}
                    onClick={() => onInvite(member)}
                  >
                    {t('inviteAgain')}
                  </button>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
