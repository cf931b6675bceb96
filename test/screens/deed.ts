import type { ViewName } from './gallery.tsx';
import type { ScreenName } from './open.ts';
import type { TeamName } from './team-states.ts';

/** A state that only a user brings about: which buttons are clicked, and what is typed where. */
export interface Deed {
  screen: ScreenName;
  view: ViewName | TeamName;
  steps: ({ click: string } | { type: string; into: string } | { pick: string })[];
}
