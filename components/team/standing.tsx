import type { Team as TeamId } from '../../utils/contract/base.ts';
import { ROLES, type Role } from '../../utils/contract/roles.ts';
import { type MessageKey, t } from '../../utils/i18n.ts';
import { ROLE_LABELS } from '../roles.ts';
import { TEAM_LABELS, Team } from '../team.tsx';

export interface StandingOf {
  team: TeamId;
  role: Role;
}

/** Somebody's team and role. */
export function Standing({ team, role }: StandingOf) {
  return (
    <>
      <Team team={team} />, {t(ROLE_LABELS[role])}
    </>
  );
}

interface StandingFieldsProps extends StandingOf {
  /** Which of them may be picked. */
  may?(standing: StandingOf): boolean;
  onPick(standing: StandingOf): void;
}

const TEAMS = ['sales', 'marketing', 'service', 'both'] as const;

/** Team and role, each as a list to pick from. */
export function StandingFields({ team, role, may = () => true, onPick }: StandingFieldsProps) {
  const roles = ROLES.filter((one) => TEAMS.some((of) => may({ team: of, role: one })));
  return (
    <>
      <label>
        {t('team')}
        <select
          value={team}
          onChange={(event) => {
            const picked = TEAMS.find((one) => one === event.currentTarget.value);
            if (picked) onPick({ team: picked, role });
          }}
        >
          {TEAMS.filter((one) => may({ team: one, role })).map((one) => (
            <option key={one} value={one}>
              {t(TEAM_LABELS[one])}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('role')}
        <select
          value={role}
          onChange={(event) => {
            const picked = roles.find((one) => one === event.currentTarget.value);
            if (picked) onPick({ team, role: picked });
          }}
        >
          {roles.map((one) => (
            <option key={one} value={one}>
              {t(ROLE_LABELS[one])}
            </option>
          ))}
        </select>
        <span class="hint">{t(ROLE_MEANS[role])}</span>
      </label>
    </>
  );
}

const ROLE_MEANS: Record<Role, MessageKey> = {
  viewer: 'roleViewerMay',
  member: 'roleMemberMay',
  lead: 'roleLeadMay',
  admin: 'roleAdminMay',
};

/** What one may do oneself. */
export function MyRole({ role }: { role: Role }) {
  return (
    <p class="quiet">
      {t('youAre', t(ROLE_LABELS[role]))} {t(ROLE_MEANS[role])}
    </p>
  );
}
