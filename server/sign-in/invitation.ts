import { hashToken, workspaceOfToken } from '../store/token.ts';

/** An invitation as it is kept while somebody signs in: enough to find it, too little to pass it on. */
export interface InvitationRef {
  workspaceId: string;
  hash: Buffer;
}

/**
 * Reads what a person gave as their invitation: the link, or the secret in it.
 * @returns `<workspace>.<hash>`; `unreadable` when it is no invitation
 */
export function readInvitation(given: string): string {
  const token = /truce_[\w-]{64}(?![\w-])/.exec(given.trim().slice(-400))?.[0];
  const workspaceId = token && workspaceOfToken(token);
  return workspaceId ? `${workspaceId}.${hashToken(token).toString('base64url')}` : 'unreadable';
}

export function invitationRef(kept: string): InvitationRef | undefined {
  const [, workspaceId, hash] = /^([0-9a-f-]{36})\.([\w-]{43})$/.exec(kept) ?? [];
  if (workspaceId === undefined || hash === undefined) return undefined;
  return { workspaceId, hash: Buffer.from(hash, 'base64url') };
}
