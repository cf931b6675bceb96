import type { Actions } from '../../utils/actions.ts';
import type { View } from '../../utils/view.ts';
import { ToDo } from './to-do.tsx';

/** There is nothing of a team here that may be shown: nobody is signed in, or the copy is gone or locked. */
export function isShut({ connection: { state, inStepAt } }: View): boolean {
  if (state === 'signed-out') return inStepAt === undefined;
  return state === 'unset' || state === 'removed' || state === 'locked';
}

/** A screen that says just why it is empty, and what to do. */
export function Shut({ view, act }: { view: View; act: Actions }) {
  return (
    <main>
      <div class="notices">
        <ToDo connection={view.connection} act={act} />
      </div>
    </main>
  );
}
