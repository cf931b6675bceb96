import { shareOf } from '../detect/frames.ts';
import { Pace } from '../detect/pace.ts';
import { shared } from './world.ts';

/** What time our scripts may take in this frame, all together. */
export function sharedPace(): Pace {
  const world = shared();
  world.pace ??= new Pace(shareOf(window));
  return world.pace;
}
