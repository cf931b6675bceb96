import { Hono } from 'hono';
import { Refusal } from './problem.ts';
import type { Deps, Env } from './types.ts';

/** ms for which the database's answer counts: whoever asks more often takes no connection from members. */
const FRESH = 1000;

/** `/healthz`: the process answers. `/readyz`: so does its database, or did a second ago. */
export const health = ({ db, clock }: Pick<Deps, 'db' | 'clock'>) => {
  let last: { ready: Promise<unknown>; at?: number } | undefined;
  function ready(): Promise<unknown> {
    const now = clock().getTime();
    if (last && (last.at === undefined || Math.abs(now - last.at) < FRESH)) return last.ready;
    const asked: typeof last = { ready: db.pool.query('select 1') };
    const settle = () => {
      asked.at = clock().getTime();
    };
    asked.ready.then(settle, settle);
    last = asked;
    return asked.ready;
  }
  return new Hono<Env>()
    .get('/healthz', (c) => c.json({ ok: true }))
    .get('/readyz', async (c) => {
      await ready().catch((cause: unknown) => {
        throw Object.assign(
          new Refusal(
            503,
            'unavailable',
            'The server cannot reach its database just now. Try again in a moment.',
          ),
          { cause },
        );
      });
      return c.json({ ok: true });
    });
};
