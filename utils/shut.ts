import type { Connection } from './view.ts';

/** There is nothing of a team here that may be shown: nobody is signed in, or the copy is gone or locked. */
export function isShut({ state, inStepAt }: Pick<Connection, 'state' | 'inStepAt'>): boolean {
  if (state === 'signed-out') return inStepAt === undefined;
  return state === 'unset' || state === 'removed' || state === 'locked';
}
