import { useRef, useState } from 'preact/hooks';
import { normalDomain } from '../../utils/contract/match-key.ts';
import { LOCK_DAYS_MAX } from '../../utils/contract/roles.ts';
import type { WorkspaceSettings } from '../../utils/contract/team.ts';
import { plural, t } from '../../utils/i18n.ts';
import { Field } from '../field.tsx';
import { Problem } from '../problem.tsx';
import { useSend } from '../use-send.ts';
import type { TeamActs } from './acts.ts';

interface SettingsProps {
  workspace: WorkspaceSettings;
  admin: boolean;
  act: TeamActs;
}

export function Settings({ workspace, admin, act }: SettingsProps) {
  return (
    <section>
      <h2>{t('teamSettings')}</h2>
      {admin ? (
        <SettingsForm workspace={workspace} act={act} />
      ) : (
        <ul class="plain-list">
          <li>{plural('locksAfter', workspace.lockDays)}</li>
          <li>
            {workspace.joinDomains.length > 0
              ? t('joinsBy', workspace.joinDomains.join(', '))
              : t('joinsByInvitation')}
          </li>
        </ul>
      )}
    </section>
  );
}

function SettingsForm({ workspace, act }: Omit<SettingsProps, 'admin'>) {
  const [name, setName] = useState(workspace.name);
  const [days, setDays] = useState(String(workspace.lockDays));
  const [domains, setDomains] = useState(workspace.joinDomains.join(', '));
  const [saved, setSaved] = useState(false);
  const seen = useRef(workspace);
  const { busy, problem, send } = useSend();
  const lockDays = Number(days);
  const daysBad = !Number.isInteger(lockDays) || lockDays < 1 || lockDays > LOCK_DAYS_MAX;
  const joinDomains = domains.split(/[\s,;]+/).filter(Boolean);
  const bad = joinDomains.find((domain) => normalDomain(domain.replace(/^@/, '')) === undefined);
  const save = async (event: Event) => {
    event.preventDefault();
    setSaved(false);
    const next = { name: name.trim(), lockDays, joinDomains };
    const before = seen.current;
    // Only what was changed here, so that it undoes nothing of what somebody else changed meanwhile.
    const change = {
      ...(next.name !== before.name && { name: next.name }),
      ...(lockDays !== before.lockDays && { lockDays }),
      ...(joinDomains.join() !== before.joinDomains.join() && { joinDomains }),
    };
    const done = await send(() => act.change({ kind: 'workspace.change', ...change }));
    if (done) seen.current = next;
    setSaved(done);
  };
  return (
    <form class="form" onSubmit={save} onInput={() => setSaved(false)}>
      <Field label={t('workspaceName')} value={name} onInput={setName} />
      <Field
        label={t('lockDays')}
        value={days}
        maxLength={3}
        hint={t('lockDaysHint')}
        problem={daysBad ? t('lockDaysBad', LOCK_DAYS_MAX) : undefined}
        onInput={setDays}
      />
      <Field
        label={t('joinDomains')}
        value={domains}
        maxLength={2000}
        hint={t('joinDomainsHint')}
        problem={bad === undefined ? undefined : t('domainIsNone')}
        onInput={setDomains}
      />
      <Problem words={problem} />
      <div class="do">
        <button
          type="submit"
          class="btn primary"
          disabled={busy || daysBad || bad !== undefined || name.trim() === ''}
        >
          {t('save')}
        </button>
        <span role="status">{saved && t('saved')}</span>
      </div>
    </form>
  );
}
