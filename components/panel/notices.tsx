import type { Actions } from '../../utils/actions.ts';
import type { Command } from '../../utils/contract/command.ts';
import { type MessageKey, plural, t } from '../../utils/i18n.ts';
import type { ConnectionState, View } from '../../utils/view.ts';
import { Refused } from './refused.tsx';

/** States in which the user has to do something, with what. */
const TO_DO: Partial<Record<ConnectionState, MessageKey>> = {
  unset: 'unsetMore',
  denied: 'deniedMore',
  strange: 'strangeMore',
};

interface NoticesProps {
  view: View;
  act: Actions;
  onShow(contactId: string): void;
  onMend(command: Command): void;
}

/** What is wrong and what waits; nothing at all on a good day. */
export function Notices({ view, act, onShow, onMend }: NoticesProps) {
  const { state, inStepAt } = view.connection;
  const never = state === 'offline' && inStepAt === undefined;
  const toDo = never ? 'neverInStep' : TO_DO[state];
  // In step, what waits is gone before one has read it, and would only have moved the card.
  const stuck = view.waiting > 0 && state !== 'online';
  if (!toDo && view.storage === 'ok' && !stuck && view.refused.length === 0) return null;
  return (
    <div class="notices">
      {toDo && (
        <div class="alert">
          <p>{t(toDo)}</p>
          <div class="do">
            <button type="button" class="btn" onClick={() => act.options()}>
              {t('openOptions')}
            </button>
          </div>
        </div>
      )}
      {view.storage === 'refused' && <p class="alert">{t('storageRefused')}</p>}
      {view.storage === 'full' && <p class="alert">{t('storageFull')}</p>}
      {stuck && (
        <p class="quiet">
          {plural('waiting', view.waiting)} {!toDo && t('waitingUntil')}
        </p>
      )}
      {view.refused.map((refused) => (
        <Refused
          key={refused.command.id}
          view={view}
          refused={refused}
          act={act}
          onShow={onShow}
          onMend={onMend}
        />
      ))}
    </div>
  );
}
