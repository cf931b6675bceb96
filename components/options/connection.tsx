import { useEffect, useState } from 'preact/hooks';
import { type MessageKey, plural, t } from '../../utils/i18n.ts';
import type { ConnectionState, View } from '../../utils/view.ts';
import { endedWords } from '../ended.ts';
import { Outbox } from '../panel/outbox.tsx';
import { memberOf } from '../records.ts';
import { ROLE_LABELS } from '../roles.ts';
import { isStale } from '../stale.ts';
import { Team } from '../team.tsx';
import { Text } from '../text.tsx';
import { Time } from '../time.tsx';
import { useKeptFocus } from '../use-kept-focus.ts';
import { Disconnect } from './disconnect.tsx';
import { SignInForm, type Start } from './sign-in-form.tsx';
import { SigningInBox } from './signing-in.tsx';

const STATES: Partial<Record<ConnectionState, MessageKey>> = {
  unset: 'stateUnset',
  connecting: 'stateConnecting',
  online: 'stateOnline',
  offline: 'stateOffline',
  denied: 'stateDenied',
  strange: 'stateStrange',
};

/** How much of what somebody wrote would be lost. */
const unsentOf = ({ waiting, refused }: View): number =>
  refused.reduce((sum, { behind = [] }) => sum + 1 + behind.length, waiting);

interface ConnectionBoxProps {
  view: View;
  /** An invitation's link that this page was opened with. */
  link: string | undefined;
  onSignIn(start: Start): Promise<unknown>;
  onStop(): void;
  onForget(): void;
}

/** Where and as whom the person is signed in, and the way to sign in or out. */
export function ConnectionBox({ view, link, onSignIn, onStop, onForget }: ConnectionBoxProps) {
  const { connection, signingIn, preset } = view;
  const { state, workspace = '', server = '', inStepAt } = connection;
  const me = memberOf(view, connection.me);
  const busy = signingIn !== undefined && signingIn.problem === undefined;
  const key = state === 'unset' && preset !== undefined ? 'notConnected' : STATES[state];
  const signedIn = ['connecting', 'online', 'offline', 'strange', 'denied', 'locked'].includes(state);
  // Kept here: while the person is at another window, the form is not there.
  const [typed, type] = useState(link);
  useEffect(() => {
    if (link !== undefined) type(link);
  }, [link]);
  useEffect(() => {
    if (state === 'online' && !signingIn) type(undefined);
  }, [state, signingIn === undefined]);
  const step = useKeptFocus<HTMLDivElement>(signingIn && busy ? 'busy' : signedIn ? 'in' : 'out');
  const form = (
    <SignInForm
      typed={typed ?? (preset === undefined ? server || (signingIn?.server ?? '') : '')}
      onType={type}
      preset={preset}
      last={signingIn}
      onSignIn={onSignIn}
    />
  );
  return (
    <>
      {!(state === 'unset' && busy) && (
        <p role="status" class={`state ${state === 'online' && isStale(connection) ? 'stale' : state}`}>
          {key ? t(key, workspace, server) : endedWords(connection)}
        </p>
      )}
      {me && (
        <p>
          <Text
            k="signedInAs"
            with={[<bdi key="m">{me.name}</bdi>, <Team key="t" team={me.team} />, t(ROLE_LABELS[me.role])]}
          />
        </p>
      )}
      {inStepAt !== undefined && (
        <p class="quiet">
          <Text k="lastInStepAt" with={[<Time key="t" at={inStepAt} as="age" />]} />
        </p>
      )}
      {view.waiting > 0 && <Outbox view={view} />}
      {view.storage === 'refused' && <p class="alert">{t('storageRefused')}</p>}
      {view.storage === 'full' && <p class="alert">{t('storageFull')}</p>}
      <div ref={step}>
        {signingIn && busy ? (
          <SigningInBox signingIn={signingIn} onStop={onStop} />
        ) : signedIn ? (
          <details class="more" open={typed !== undefined || signingIn?.problem !== undefined}>
            <summary>{t('signInAgain')}</summary>
            {form}
          </details>
        ) : (
          form
        )}
      </div>
      {signedIn && me && (
        <p>
          <a class="link" href="/team.html">
            {t('teamPage')}
          </a>{' '}
          <a class="link" href="/desk.html">
            {t('deskPage')}
          </a>
        </p>
      )}
      {view.others !== undefined && <p class="quiet">{plural('othersWaiting', view.others)}</p>}
      {/* Also of somebody who is out, things may lie here: what waits to be sent, or the whole copy. */}
      {state !== 'unset' && <Disconnect waiting={unsentOf(view)} onForget={onForget} />}
    </>
  );
}
