import { type MessageKey, plural, t } from '../../utils/i18n.ts';
import type { SiteState } from '../../utils/messages.ts';
import type { Access } from '../../utils/server-address.ts';
import type { ConnectionState, View } from '../../utils/view.ts';
import { Problem } from '../problem.tsx';
import { Text } from '../text.tsx';
import { Time } from '../time.tsx';
import { ConnectForm } from './connect-form.tsx';
import { SiteList } from './site-list.tsx';

const STATES: Record<ConnectionState, MessageKey> = {
  unset: 'stateUnset',
  connecting: 'stateConnecting',
  online: 'stateOnline',
  offline: 'stateOffline',
  denied: 'stateDenied',
  strange: 'stateStrange',
};

interface OptionsProps {
  view: View | undefined;
  sites: SiteState[];
  /** What went wrong outside of a form. */
  problem: string | undefined;
  onConnect(access: Access): Promise<boolean>;
  onForget(): void;
  onAllow(origin: string): void;
  onStop(origin: string): void;
}

export function Options({ view, sites, problem, onConnect, onForget, onAllow, onStop }: OptionsProps) {
  const connection = view?.connection;
  const state = connection?.state ?? 'connecting';
  return (
    <main class="options">
      <h1>{t('optionsTitle')}</h1>
      <Problem words={problem} />
      <section>
        <h2>{t('connection')}</h2>
        <p role="status" class={`state ${state}`}>
          {t(STATES[state], connection?.workspace ?? '', connection?.server ?? '')}
        </p>
        {connection?.inStepAt !== undefined && (
          <p class="quiet">
            <Text k="lastInStepAt" with={[<Time key="t" at={connection.inStepAt} as="age" />]} />
          </p>
        )}
        {view !== undefined && view.waiting > 0 && <p class="quiet">{plural('waiting', view.waiting)}</p>}
        {view?.storage === 'refused' && <p class="alert">{t('storageRefused')}</p>}
        {view?.storage === 'full' && <p class="alert">{t('storageFull')}</p>}
        {view && <ConnectForm server={connection?.server} onConnect={onConnect} />}
        {connection && state !== 'unset' && (
          <p>
            <button type="button" class="btn" onClick={onForget}>
              {t('disconnect')}
            </button>{' '}
            <span class="hint">{t('disconnectHint')}</span>
          </p>
        )}
      </section>
      <section>
        <h2>{t('sites')}</h2>
        <p class="quiet">{t('sitesMore')}</p>
        <SiteList sites={sites} onAllow={onAllow} onStop={onStop} />
      </section>
      <section>
        <h2>{t('whatIsRead')}</h2>
        <ul class="plain-list">
          <li>{t('readsPeople')}</li>
          <li>{t('readsStrangers')}</li>
          <li>{t('readsNothingElse')}</li>
        </ul>
      </section>
    </main>
  );
}
