import { shareOf } from '../detect/frames.ts';
import { Pace } from '../detect/pace.ts';

const world: typeof globalThis & { trucePace?: Pace } = globalThis;

/** What time our scripts may take in this frame, all together. */
export function sharedPace(): Pace {
  world.trucePace ??= new Pace(shareOf(window));
  return world.trucePace;
}
