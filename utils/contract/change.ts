import * as v from 'valibot';
import { Id, Version } from './base.ts';

/** `stage`, `definition` (of a lead or sale type), `proposal`, `agreement`: one of what the two teams agree on. */
export const ChangeKind = v.picklist([
  'card',
  'company',
  'campaign',
  'stage',
  'definition',
  'proposal',
  'agreement',
  'member',
  'tags',
  'key',
]);
export type ChangeKind = v.InferOutput<typeof ChangeKind>;

/** `tags`: the set of known tags has changed; `key`: there is a new key for tags; `id` is then the workspace's. */
export const Change = v.object({ version: Version, kind: ChangeKind, id: Id });
export type Change = v.InferOutput<typeof Change>;

/** What a newer server tells of that this version does not know is left out: there is nothing of it here. */
export const Changes = v.pipe(
  v.array(v.object({ ...Change.entries, kind: v.string() })),
  v.transform((changes) => changes.filter((change): change is Change => v.is(Change, change))),
);

/**
 * `GET /v1/changes?since=V`: what changed after V in commit order, the last change of each record only.
 * `reset`: V is too old or from another life of the database; start over from the snapshots.
 */
export const ChangesAnswer = v.object({
  version: Version,
  changes: Changes,
  /** There is more after `version`: ask again. */
  more: v.boolean(),
  reset: v.optional(v.boolean()),
});
export type ChangesAnswer = v.InferOutput<typeof ChangesAnswer>;
