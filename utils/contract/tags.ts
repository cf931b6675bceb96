import * as v from 'valibot';
import { Int } from './base.ts';

/**
 * `GET /v1/tags?key=N&since=V` answers `application/octet-stream`: tags of key N, 6 bytes each, big-endian.
 * `whole` (always without `since`): all of them, ascending, each once, in the order and at the pace in which they
 * are read. What changes meanwhile may or may not be among them: the delta since the answer's version puts it right.
 * `delta`: what was touched after V. The first `added` ones, ascending, are in the set now; the others, ascending,
 * are not. Either may be so in the browser already. Instead of one that is larger than a quarter of the set, or
 * that nobody knows any more, the whole set comes.
 * A key that the server does not keep (any more): 410 with the code `tag-key`; read the session again.
 */
export const TAGS_HEADERS = {
  /** `whole` or `delta`. */
  form: 'truce-tags',
  /** How many tags the answer holds; of a whole set, how many there were when it began. */
  count: 'truce-count',
  /** Of a delta. */
  added: 'truce-added',
} as const;

export const TAG_BYTES = 6;

/** The first key of a workspace is 1. */
export const TagKeyNo = v.pipe(Int, v.minValue(1));

/**
 * `POST /v1/tag-key`: an admin; a new key, of this number, is being made ready. The feed tells of it, by a change of
 * kind `key`, when all tags under it are there; the old one then holds for a day. Asked again meanwhile, it answers
 * the same.
 */
export const TagKeyAnswer = v.object({ done: v.literal(true), keyNo: TagKeyNo });
export type TagKeyAnswer = v.InferOutput<typeof TagKeyAnswer>;
