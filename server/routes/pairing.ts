import { Hono } from 'hono';
import * as v from 'valibot';
import { Id } from '../../utils/contract/base.ts';
import type { Pairing } from '../../utils/contract/pairing.ts';
import { PATHS } from '../../utils/contract/routes.ts';
import { endBrowser, readPairing } from '../store/browser.ts';
import { inWorkspace } from '../store/database.ts';
import { Refusal } from './problem.ts';
import type { Deps, Env } from './types.ts';

const LowerId = v.pipe(Id, v.toLowerCase());
const Query = v.object({ workspace: LowerId, browser: LowerId });

/** Whether a browser is still paired. It needs no token: who asks has none, and knows two ids that nobody guesses. */
export const pairing = ({ db }: Deps) =>
  new Hono<Env>().get(PATHS.pairing, async (c) => {
    const query = v.safeParse(Query, c.req.query());
    if (!query.success) throw new Refusal(400, 'invalid', 'The request does not say which browser is meant.');
    const { workspace, browser } = query.output;
    const state = await inWorkspace(db, workspace, (trx) => readPairing(trx, workspace, browser));
    return c.json(state satisfies Pairing);
  });

/** Ends the browser that asks. */
export const signOut = ({ db, accounts }: Deps) =>
  new Hono<Env>().post(PATHS.signOut, async (c) => {
    const { workspaceId, browserId, member } = c.get('device');
    await inWorkspace(db, workspaceId, (trx) =>
      endBrowser(trx, workspaceId, browserId, { reason: 'signed-out', by: member.id }),
    );
    accounts.memberships.forget(workspaceId);
    return c.json({ ok: true });
  });
