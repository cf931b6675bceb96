import { type MessageKey, t } from '../../utils/i18n.ts';
import { isShut } from '../../utils/shut.ts';
import type { Connection, ConnectionState } from '../../utils/view.ts';
import { isStale } from '../stale.ts';
import { Time } from '../time.tsx';

const STATES: Record<ConnectionState, MessageKey> = {
  unset: 'notConnected',
  connecting: 'connecting',
  online: 'inStep',
  offline: 'offline',
  denied: 'notLetIn',
  strange: 'notTruce',
  'signed-out': 'notConnected',
  removed: 'notMember',
  locked: 'isLocked',
};

interface HeaderProps {
  connection: Connection | undefined;
  /** How many proposals take the user's word. */
  toDecide?: number;
}

/** Whether what is shown can be trusted to be of now. Only a change of state is read out, not the age. */
export function Header({ connection, toDecide = 0 }: HeaderProps) {
  const state = connection?.state ?? 'connecting';
  const at = connection?.inStepAt;
  const timed = at !== undefined && ['online', 'offline', 'connecting'].includes(state);
  const stale = connection !== undefined && timed && isStale(connection);
  const apart = state === 'offline' || state === 'locked' || stale;
  return (
    <div class="bar">
      <h1>{t('extensionName')}</h1>
      <p class={`fresh ${stale && state === 'online' ? 'stale' : state}`}>
        <span>
          <span role="status">{t(stale && state === 'online' ? 'outOfStep' : STATES[state])}</span>
          {timed && ','}
        </span>
        {timed && (
          <span>
            {apart && `${t('lastInStep')} `}
            <Time at={at} as="age" />
          </span>
        )}
      </p>
      {connection?.me !== undefined && !isShut(connection) && (
        <span class="links">
          <a class="link quiet" href="/desk.html" target="_blank" rel="noreferrer">
            {toDecide > 0 ? t('deskWith', toDecide) : t('desk')}
          </a>
          {/* Out of reach that page has nothing to show, and the line needs the room. */}
          {!apart && (
            <a class="link quiet" href="/team.html" target="_blank" rel="noreferrer">
              {t('team')}
            </a>
          )}
        </span>
      )}
    </div>
  );
}
