import { Id, z } from '../contract/base.ts';
import { Trouble } from '../trouble.ts';

const Claims = z.object({ sub: Id, wid: Id, bid: Id });

/** Whose token it is: read, not judged, which is the server's to do. Throws `Trouble` (`strange`). */
export function claimsOf(token: string): { memberId: string; workspaceId: string; browserId: string } {
  const read = Claims.safeParse(payloadOf(token));
  if (!read.success) throw new Trouble('strange', 'not a token of a Truce server');
  return { memberId: read.data.sub, workspaceId: read.data.wid, browserId: read.data.bid };
}

function payloadOf(token: string): unknown {
  try {
    const base64 = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    return JSON.parse(atob(base64));
  } catch {
    return undefined;
  }
}
