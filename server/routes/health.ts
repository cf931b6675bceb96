import { Hono } from 'hono';
import { Refusal } from './problem.ts';
import type { Deps, Env } from './types.ts';

/** `/healthz`: the process answers. `/readyz`: so does its database. */
export const health = ({ db }: Deps) =>
  new Hono<Env>()
    .get('/healthz', (c) => c.json({ ok: true }))
    .get('/readyz', async (c) => {
      await db.pool.query('select 1').catch((cause: unknown) => {
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
