import type { Meta } from '../replica/disk.ts';
import type { Connection, ConnectionState } from '../view.ts';

/** What screens are told of the connection. `inStepAt` in ms since epoch, when it is known. */
export function connectionOf(meta: Meta, state: ConnectionState, inStepAt: number | undefined): Connection {
  const { server, workspace, me, ended, lockDays } = meta;
  return {
    state,
    ...(server !== undefined && { server }),
    ...(workspace !== undefined && { workspace }),
    ...(me !== undefined && { me }),
    ...(inStepAt !== undefined && { inStepAt }),
    ...(ended?.reason !== undefined && { reason: ended.reason }),
    ...(lockDays !== undefined && { lockDays }),
  };
}
