import { v7 as uuid } from 'uuid';
import type { Trx } from './database.ts';

/** What an administrator has to be able to see afterwards. */
export type AuditAction =
  | 'sign-in'
  | 'sign-in.refused'
  | 'browser.paired'
  | 'browser.ended'
  | 'invite.created'
  | 'invite.withdrawn'
  | 'member.joined'
  | 'member.changed'
  | 'member.removed'
  | 'workspace.changed'
  | 'contact.exported'
  | 'contact.erased'
  | 'suppression.lifted'
  | 'retention.ran'
  | 'secret.rotated'
  | 'tag-key.changed';

export interface AuditEntry {
  /** Who did it; absent when it was the server or nobody who is known. */
  memberId?: string | undefined;
  browserId?: string | undefined;
  target?: { kind: 'member' | 'browser' | 'invite' | 'contact' | 'workspace' | 'secret'; id: string };
  /** Never contact data: an erased person is not to live on here. */
  detail?: Record<string, string | number | boolean>;
}

/** Writes a row of the audit trail; in the transaction of what it tells about, so that neither is without the other. */
export async function writeAudit(
  trx: Trx,
  workspaceId: string,
  action: AuditAction,
  { memberId, browserId, target, detail }: AuditEntry,
): Promise<void> {
  await trx
    .insertInto('audit')
    .values({
      workspace_id: workspaceId,
      id: uuid(),
      action,
      member_id: memberId ?? null,
      browser_id: browserId ?? null,
      target_kind: target?.kind ?? null,
      target_id: target?.id ?? null,
      ...(detail && { detail: JSON.stringify(detail) }),
    })
    .execute();
}
