import * as v from 'valibot';
import { Pairing } from '../contract/pairing.ts';
import type { Batch, Meta } from '../replica/disk.ts';
import { Trouble } from '../trouble.ts';
import { PATIENCE, troubleOf } from './trouble-of.ts';

type Fetch = typeof globalThis.fetch;

/**
 * Asks without a token whether this browser may still come in. Throws `Trouble`: `ended` or `removed`, with its
 * reason as the cause, else `denied`; `offline` and `strange` when the server does not say.
 */
export async function askStanding(fetch: Fetch, meta: Meta): Promise<never> {
  const which = new URLSearchParams({ workspace: meta.workspaceId ?? '', browser: meta.browserId ?? '' });
  let answer: Pairing;
  try {
    const response = await fetch(`${meta.server}/v1/pairing?${which}`, {
      ...{ redirect: 'manual', cache: 'no-store', credentials: 'omit' },
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!response.ok) throw Object.assign(new Error('[auth] no answer'), { status: response.status });
    answer = v.parse(Pairing, await response.json());
  } catch (error) {
    throw troubleOf(error);
  }
  const { state, reason } = answer;
  if (state === 'active') throw new Trouble('denied', 'not let in just now');
  throw new Trouble(state, 'this browser was ended', { cause: reason });
}

/** Has the server end this browser. */
export function tellGone(fetch: Fetch, server: string, token: string): Promise<Response> {
  return fetch(`${server}/v1/sign-out`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    ...{ redirect: 'manual', credentials: 'omit' },
    signal: AbortSignal.timeout(PATIENCE),
  });
}

/** What stays of the copy of a browser that may no longer come in: why, for the screens. */
export function endOf({ code, cause }: Trouble, meta: Meta): Batch {
  const reason = typeof cause === 'string' ? { reason: cause } : {};
  const { server, workspaceId, workspace, me } = meta;
  return {
    clear: true,
    // After a theft, or when a server was restored and knows us no more, what waits can be sent once they are back.
    clearOwn: code === 'removed' || cause === 'owner' || cause === 'admin',
    meta: {
      ...(server !== undefined && { server }),
      ...(workspaceId !== undefined && { workspaceId }),
      ...(workspace !== undefined && { workspace }),
      ...(me !== undefined && { me }),
      ended: { state: code === 'removed' ? 'removed' : 'ended', ...reason },
    },
  };
}
