import type { Meta } from '../replica/disk.ts';
import type { Connection, ConnectionState } from '../view.ts';

/** What screens are told of the connection. `state`: as long as somebody is signed in; `inStepAt`: ms since epoch. */
export function connectionOf(meta: Meta, state: ConnectionState, inStepAt: number | undefined): Connection {
  const { server, workspace, me, ended, lockDays } = meta;
  const over = ended?.state === 'removed' ? 'removed' : 'signed-out';
  return {
    state: server === undefined ? 'unset' : ended ? over : state,
    ...(server !== undefined && { server }),
    ...(workspace !== undefined && { workspace }),
    ...(me !== undefined && { me }),
    ...(inStepAt !== undefined && { inStepAt }),
    ...(ended?.reason !== undefined && { reason: ended.reason }),
    ...(lockDays !== undefined && { lockDays }),
  };
}
