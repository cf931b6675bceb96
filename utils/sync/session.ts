import type { Replica } from '../replica/replica.ts';
import { passed } from './passed.ts';
import type { Run } from './run.ts';

/** ms between two questions what holds for the whole team: its name, and when a copy locks. */
const EVERY = 600_000;

const askedAt = new WeakMap<Replica, number>();

/** Notes that the session was read just now. */
export const noteSession = ({ replica, now }: Run): void => void askedAt.set(replica, now());

export async function fetchSession(run: Run): Promise<void> {
  const { replica, api, now, changed } = run;
  if (!passed(askedAt.get(replica), now(), EVERY)) return;
  const { workspace, lockDays, tagKeyNo } = await api.session();
  noteSession(run);
  const { meta } = replica;
  const tagKeyStale = tagKeyNo !== undefined && tagKeyNo !== meta.tagKeyNo;
  if (workspace.name === meta.workspace && lockDays === meta.lockDays && !tagKeyStale) return;
  const { lockDays: _, ...rest } = meta;
  await replica.write({
    meta: {
      ...rest,
      workspace: workspace.name,
      ...(lockDays !== undefined && { lockDays }),
      ...(tagKeyStale && { tagKeyStale }),
    },
  });
  changed();
}
