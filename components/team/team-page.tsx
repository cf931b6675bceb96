import { useState } from 'preact/hooks';
import type { TeamAnswer, TeamMember } from '../../utils/contract/team.ts';
import { t } from '../../utils/i18n.ts';
import { Problem } from '../problem.tsx';
import { Text } from '../text.tsx';
import { Time } from '../time.tsx';
import type { TeamActs } from './acts.ts';
import { Audit } from './audit.tsx';
import { Browsers } from './browsers.tsx';
import type { Invited } from './invite-form.tsx';
import { Invites, type Made } from './invites.tsx';
import { Keeping } from './keeping.tsx';
import { LookUpKey } from './look-up-key.tsx';
import { Members } from './members.tsx';
import { Settings } from './settings.tsx';
import { StaleRecipes } from './stale-recipes.tsx';
import { MyRole } from './standing.tsx';

interface TeamPageProps {
  /** Undefined until the server has told it: nothing of it is kept on the device. */
  team: TeamAnswer | undefined;
  /** ms since epoch at which it was told. */
  at: number;
  /** Why it could not be read, or not anew. */
  problem: string | undefined;
  act: TeamActs;
  /** Absent where asking again brings nothing: the way on is in the options. */
  onRetry: (() => void) | undefined;
}

/** Who is in the team and what they may do. Everything on it is the server's, so it needs the server. */
export function TeamPage({ team, at, problem, act, onRetry }: TeamPageProps) {
  const me = team?.members.find(({ id }) => id === team.me);
  return (
    <main class="options">
      <div class="head">
        <h1>
          {team ? <Text k="teamTitle" with={[<bdi key="n">{team.workspace.name}</bdi>]} /> : t('teamPage')}
        </h1>
        <p class="quiet" role="status">
          {!team && !problem && t('fetching')}
        </p>
        {team && (
          <p class="quiet">
            <Text k="cardFrom" with={[<Time key="t" at={at} as="age" />]} />
          </p>
        )}
        <div class={problem ? 'alert' : undefined}>
          <Problem words={problem} />
          {problem && (
            <>
              <p>{t(team ? 'teamMayBeOld' : 'teamNeedsServer')}</p>
              <div class="do">
                {onRetry ? (
                  <button type="button" class="btn" onClick={onRetry}>
                    {t('tryAgain')}
                  </button>
                ) : (
                  <a class="link" href="/options.html">
                    {t('openOptions')}
                  </a>
                )}
              </div>
            </>
          )}
        </div>
        {me && <MyRole role={me.role} />}
      </div>
      {team && me && <Sections key={me.id} team={team} me={me} act={act} />}
    </main>
  );
}

/** Goes with the team, and with it what was opened, typed and made here. */
function Sections({ team, me, act }: { team: TeamAnswer; me: TeamMember; act: TeamActs }) {
  const [form, setForm] = useState<Partial<Invited>>();
  const [invited, setInvited] = useState<Made>();
  const [paired, setPaired] = useState<Made>();
  const admin = me.role === 'admin';
  const stale = team.staleRecipes ?? [];
  return (
    <>
      {stale.length > 0 && <StaleRecipes recipes={stale} />}
      <Members
        team={team}
        admin={admin}
        act={act}
        onInvite={({ name, email = '', team, role }) => setForm({ name, email, team, role })}
      />
      {(admin || me.role === 'lead') && (
        <Invites {...{ team, me, form, act }} onForm={setForm} made={invited} onMade={setInvited} />
      )}
      <Browsers team={team} made={paired} onMade={setPaired} act={act} />
      <Settings workspace={team.workspace} admin={admin} act={act} />
      {admin && <Keeping act={act} />}
      {admin && <LookUpKey act={act} />}
      {admin && <Audit act={act} />}
    </>
  );
}
