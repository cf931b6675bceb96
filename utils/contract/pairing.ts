import { z } from './base.ts';

/**
 * `GET /v1/pairing?workspace=<id>&browser=<id>`, without a token: whether a browser may still come in, and why
 * not. So one that was away learns what to do with its copy.
 */
export const Pairing = z.object({
  state: z.enum(['active', 'ended', 'removed']),
  reason: z.optional(z.string()),
});
export type Pairing = z.infer<typeof Pairing>;
