import type { Actions } from '../../utils/actions.ts';
import type { Command } from '../../utils/contract/command.ts';
import { t } from '../../utils/i18n.ts';
import type { RefusedCommand, View } from '../../utils/view.ts';
import { Refused } from './refused.tsx';
import { ToDo, toDoOf } from './to-do.tsx';

interface NoticesProps {
  view: View;
  act: Actions;
  onShow(contactId: string): void;
  onMend(command: Command): void;
  /** Whether the words of one can go back into a form of this screen. */
  mendable?(refused: RefusedCommand, view: View): boolean;
}

/** What is wrong, and what was refused; nothing at all on a good day. */
export function Notices({ view, act, onShow, onMend, mendable }: NoticesProps) {
  const toDo = toDoOf(view.connection);
  if (!toDo && view.storage === 'ok' && view.refused.length === 0) return null;
  return (
    <div class="notices">
      <ToDo connection={view.connection} act={act} />
      {view.storage === 'refused' && <p class="alert">{t('storageRefused')}</p>}
      {view.storage === 'full' && <p class="alert">{t('storageFull')}</p>}
      {view.refused.map((refused) => (
        <Refused
          key={refused.command.id}
          view={view}
          refused={refused}
          act={act}
          onShow={onShow}
          onMend={onMend}
          {...(mendable && { mendable })}
        />
      ))}
    </div>
  );
}
