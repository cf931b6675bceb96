import type { InWorkspace, Time } from './columns.ts';

/** A recipe that no longer fits its site, in one version: how often browsers said so, and not which. */
export interface RecipeStaleTable extends InWorkspace {
  /** Id of the recipe: `gmail`. */
  recipe: string;
  version: number;
  reports: number;
  first_at: Time;
  last_at: Time;
}
