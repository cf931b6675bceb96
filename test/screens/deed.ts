import type { DeskName } from './desk-views.ts';
import type { ViewName } from './gallery.tsx';
import type { ScreenName } from './open.ts';
import type { TeamName } from './team-states.ts';

/** A state that only a user brings about: which buttons are clicked, what is unfolded, chosen and typed where. */
export interface Deed {
  screen: ScreenName;
  view: ViewName | TeamName | DeskName;
  steps: Step[];
}

type Step =
  | { click: string }
  | { type: string; into: string }
  | { pick: string }
  | { unfold: string }
  | { choose: string; of: string };
