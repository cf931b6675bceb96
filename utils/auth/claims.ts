import * as v from 'valibot';
import { Id, readAs } from '../contract/base.ts';
import { Trouble } from '../trouble.ts';

const Claims = v.object({ sub: Id, wid: Id, bid: Id });

/** Whose token it is: read, not judged, which is the server's to do. Throws `Trouble` (`strange`). */
export function claimsOf(token: string): { memberId: string; workspaceId: string; browserId: string } {
  const read = readAs(Claims, payloadOf(token));
  if (!read) throw new Trouble('strange', 'not a token of a Truce server');
  return { memberId: read.sub, workspaceId: read.wid, browserId: read.bid };
}

function payloadOf(token: string): unknown {
  try {
    const base64 = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    return JSON.parse(atob(base64));
  } catch {
    return undefined;
  }
}
