import type { Pace } from '../detect/pace.ts';
import type { Named } from '../detect/types.ts';

/** What our scripts in one frame share. */
interface Shared {
  life?: AbortController;
  /** The life in which the frame is read already. */
  reads?: AbortController;
  pace?: Pace;
  names?: Promise<Named[]>;
}

/** By a symbol: an element of the page is found under its id even in the extension's own world. */
const KEY: unique symbol = Symbol.for('truce');

const world: typeof globalThis & { [KEY]?: Shared } = globalThis;

/** Lives in the extension's own world, where the page cannot see it. */
export function shared(): Shared {
  world[KEY] ??= {};
  return world[KEY];
}
