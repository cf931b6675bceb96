import type { Context } from 'hono';
import { Refusal } from './problem.ts';
import type { Env } from './types.ts';

/** The version that a request has everything up to. @throws Refusal */
export function sinceOf(c: Context<Env>): number {
  const since = c.req.query('since') ?? '0';
  if (!/^\d{1,15}$/.test(since)) {
    throw new Refusal(400, 'invalid', 'The request must say since which version, as a whole number.');
  }
  return Number(since);
}
