import type { Actions } from '../../utils/actions.ts';
import { type MessageKey, t } from '../../utils/i18n.ts';
import type { Connection, ConnectionState } from '../../utils/view.ts';
import { endedWords } from '../ended.ts';

/** States in which the user has to do something, with what. */
const TO_DO: Partial<Record<ConnectionState, MessageKey>> = {
  unset: 'unsetMore',
  denied: 'deniedMore',
  strange: 'strangeMore',
};

/** What the user has to know or do about the connection; nothing on a good day. */
export function toDoOf(connection: Connection): string | undefined {
  const { state, inStepAt } = connection;
  if (state === 'offline' && inStepAt === undefined) return t('neverInStep');
  const key = TO_DO[state];
  return key ? t(key) : endedWords(connection);
}

export function ToDo({ connection, act }: { connection: Connection; act: Actions }) {
  const words = toDoOf(connection);
  if (words === undefined) return null;
  const signIn = ['unset', 'signed-out', 'removed'].includes(connection.state);
  return (
    <div class={connection.state === 'unset' ? 'alert guess' : 'alert'} role="status">
      <p>{words}</p>
      <div class="do">
        <button type="button" class="btn" onClick={() => act.options()}>
          {signIn ? t('signIn') : t('openOptions')}
        </button>
      </div>
    </div>
  );
}
