import type { Actions } from '../../utils/actions.ts';
import type { Command } from '../../utils/contract/command.ts';
import { t } from '../../utils/i18n.ts';
import type { View } from '../../utils/view.ts';
import { isStuck, Outbox } from './outbox.tsx';
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
  const stuck = isStuck(view);
  if (!toDo && view.storage === 'ok' && !stuck && view.refused.length === 0) return null;
  return (
    <div class="notices">
      <ToDo connection={view.connection} act={act} />
      {view.storage === 'refused' && <p class="alert">{t('storageRefused')}</p>}
      {view.storage === 'full' && <p class="alert">{t('storageFull')}</p>}
      {stuck && <Outbox view={view} more={!toDo && state !== 'online' && t('waitingUntil')} />}
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
