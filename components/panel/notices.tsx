import type { Actions } from '../../utils/actions.ts';
import type { Command } from '../../utils/contract/command.ts';
import { plural, t } from '../../utils/i18n.ts';
import type { View } from '../../utils/view.ts';
import { Refused } from './refused.tsx';
import { ToDo, toDoOf } from './to-do.tsx';

interface NoticesProps {
  view: View;
  act: Actions;
  onShow(contactId: string): void;
  onMend(command: Command): void;
}

/** What is wrong and what waits; nothing at all on a good day. */
export function Notices({ view, act, onShow, onMend }: NoticesProps) {
  const { state } = view.connection;
  const toDo = toDoOf(view.connection);
  // In step, what waits is gone before one has read it, and would only have moved the card.
  const stuck = view.waiting > 0 && state !== 'online';
  if (!toDo && view.storage === 'ok' && !stuck && view.refused.length === 0) return null;
  return (
    <div class="notices">
      <ToDo connection={view.connection} act={act} />
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
