import type { Actions } from '../../utils/actions.ts';
import { isShut } from '../../utils/shut.ts';
import type { View } from '../../utils/view.ts';
import { ToDo } from './to-do.tsx';

/** Whose what is shown and typed here is; undefined when nothing may be shown. */
export function ownerOf({ connection }: View): string | undefined {
  return isShut(connection) ? undefined : `${connection.server ?? ''} ${connection.me ?? ''}`;
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
