import { v7 as uuid } from 'uuid';
import type { Team } from '../../utils/contract/base.ts';
import type { Member } from '../../utils/contract/member.ts';
import type { Trx } from './database.ts';
import { hashToken, newToken } from './token.ts';

/** Hours for which a link can be used. */
export const INVITE_HOURS = 72;

export interface NewInvite {
  /** For one more browser of this member; team and role are then theirs. */
  memberId?: string;
  email?: string;
  name?: string;
  team: Team;
  role: Member['role'];
  /** The member who invites; absent: whoever runs the server. */
  createdBy?: string;
  /** The browser they did it in. */
  createdByBrowser?: string;
  now: Date;
}

export interface Invite {
  id: string;
  /** Shown once: just its hash is stored. */
  token: string;
  expiresAt: Date;
}

/** Makes a link's secret that lets one person in, once. */
export async function addInvite(trx: Trx, workspaceId: string, invite: NewInvite): Promise<Invite> {
  const id = uuid();
  const token = newToken(workspaceId);
  const expiresAt = new Date(invite.now.getTime() + INVITE_HOURS * 3_600_000);
  await trx
    .insertInto('invite')
    .values({
      workspace_id: workspaceId,
      id,
      token_hash: hashToken(token),
      member_id: invite.memberId ?? null,
      email: invite.email ?? null,
      name: invite.name ?? null,
      team: invite.team,
      role: invite.role,
      created_by: invite.createdBy ?? null,
      created_by_browser: invite.createdByBrowser ?? null,
      expires_at: expiresAt,
    })
    .execute();
  return { id, token, expiresAt };
}

/** The link that a person opens: the secret is behind the #, so that no log on the way has it. */
export const inviteLink = (url: string, token: string): string => `${url}/join#${token}`;
