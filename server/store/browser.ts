import { v7 as uuid } from 'uuid';
import type { Member } from '../../utils/contract/member.ts';
import type { Trx } from './database.ts';

/** Who a request speaks for. */
export interface Device {
  workspaceId: string;
  browserId: string;
  member: Pick<Member, 'id' | 'team' | 'role'>;
}

/** `removed`: no longer a member. `ended`: still one, but not with this browser. */
export type Standing = { member: Device['member']; origin: string | null } | 'removed' | 'ended';

/** Whether a browser may still come in, and as whom. A browser that was never paired is `ended`. */
export async function readStanding(trx: Trx, workspaceId: string, browserId: string): Promise<Standing> {
  const row = await trx
    .selectFrom('browser as b')
    .innerJoin('member as m', (join) =>
      join.onRef('m.workspace_id', '=', 'b.workspace_id').onRef('m.id', '=', 'b.member_id'),
    )
    .select(['m.id', 'm.team', 'm.role', 'm.left_at', 'b.ended_at', 'b.origin'])
    .where('b.workspace_id', '=', workspaceId)
    .where('b.id', '=', browserId)
    .executeTakeFirst();
  if (!row) return 'ended';
  if (row.left_at !== null) return 'removed';
  if (row.ended_at !== null) return 'ended';
  return { member: { id: row.id, team: row.team, role: row.role }, origin: row.origin };
}

export interface NewBrowser {
  memberId: string;
  /** The OpenID provider's grant. */
  grantId: string;
  /** `Chrome on Linux`. */
  name: string;
  /** `moz-extension://…` */
  origin?: string | undefined;
}

/** Pairs a browser. @returns its id */
export async function addBrowser(trx: Trx, workspaceId: string, browser: NewBrowser): Promise<string> {
  const id = uuid();
  await trx
    .insertInto('browser')
    .values({
      workspace_id: workspaceId,
      id,
      member_id: browser.memberId,
      grant_id: browser.grantId,
      name: browser.name,
      origin: browser.origin ?? null,
    })
    .execute();
  return id;
}
