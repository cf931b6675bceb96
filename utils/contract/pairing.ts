import * as v from 'valibot';

/**
 * `GET /v1/pairing?workspace=<id>&browser=<id>`, without a token: whether a browser may still come in, and why
 * not. So one that was away learns what to do with its copy.
 */
export const Pairing = v.object({
  state: v.picklist(['active', 'ended', 'removed']),
  reason: v.optional(v.string()),
});
export type Pairing = v.InferOutput<typeof Pairing>;
