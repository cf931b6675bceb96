import { Id, Version, z } from './base.ts';

export const ChangeKind = z.enum(['card', 'company', 'campaign', 'stage', 'member', 'tags']);

/** `tags`: the set of known tags has changed; `id` is then the contact whose tags did. */
export const Change = z.object({ version: Version, kind: ChangeKind, id: Id });
export type Change = z.infer<typeof Change>;

/**
 * `GET /v1/changes?since=V`: what changed after V in commit order, the last change of each record only.
 * `reset`: V is too old or from another life of the database; start over from the snapshots.
 */
export const ChangesAnswer = z.object({
  version: Version,
  changes: z.array(Change),
  /** There is more after `version`: ask again. */
  more: z.boolean(),
  reset: z.optional(z.boolean()),
});
export type ChangesAnswer = z.infer<typeof ChangesAnswer>;
