import type { Recipe } from '../contract/recipe.ts';
import type { Pace } from './pace.ts';
import type { PageReport } from './types.ts';

export interface WatchOptions {
  /** Asked anew for each report: some sites are known only once they have drawn themselves. */
  recipe: () => Generator<undefined, Recipe | undefined>;
  /** The whole truth of this frame, whenever it differs from the last one. */
  report: (report: PageReport) => void;
  /** Awaited before a first report: what `recipe` needs. */
  ready?: () => Promise<unknown>;
  /** Where nobody is, there is nothing to report, not even that. */
  quiet?: boolean;
  /** Shared by all that reads the page. */
  pace?: Pace;
  /** Ends the watch and lets go of the page. */
  signal: AbortSignal;
  /** Asked before each reading: whether somebody is there to be told. The signal of a watch in vain is aborted by it. */
  wanted?: () => boolean;
}
