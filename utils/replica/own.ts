import type { Queued } from './disk.ts';
import type { Replica } from './replica.ts';

/** What the copy's person has written for its workspace, in order, refused or not. */
export function ownQueued({ queued, meta }: Pick<Replica, 'queued' | 'meta'>): Queued[] {
  return queued.filter(
    ({ workspaceId, memberId }) =>
      workspaceId === meta.workspaceId && (memberId === undefined || memberId === meta.me),
  );
}
