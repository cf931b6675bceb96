import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Member } from '../../utils/contract/member.ts';
import type { EndReason } from './account-schema.ts';
import { writeAudit } from './audit.ts';
import type { Trx } from './database.ts';
import { withdrawMadeBy } from './invite-withdraw.ts';
import { deleteGrants } from './oidc.ts';

/** Who a request speaks for. */
export interface Device {
  workspaceId: string;
  browserId: string;
  member: Pick<Member, 'id' | 'team' | 'role'>;
}

/** `removed`: no longer a member. `ended`: still one, but not with this browser. */
export type Standing = { member: Device['member']; origin: string | null } | 'removed' | 'ended';

/** Whether browsers may still come in, and as whom. One that was never paired is left out. */
export async function readStandings(
  trx: Trx,
  workspaceId: string,
  browserIds: readonly string[],
): Promise<Map<string, Standing>> {
  const rows = await trx
    .selectFrom('browser as b')
    .innerJoin('member as m', (join) =>
      join.onRef('m.workspace_id', '=', 'b.workspace_id').onRef('m.id', '=', 'b.member_id'),
    )
    .select(['b.id as browser_id', 'm.id', 'm.team', 'm.role', 'm.left_at', 'b.ended_at', 'b.origin'])
    .where('b.workspace_id', '=', workspaceId)
    .where('b.id', '=', sql<string>`any(${browserIds}::uuid[])`)
    .execute();
  const standingOf = (row: (typeof rows)[number]): Standing => {
    if (row.left_at !== null) return 'removed';
    if (row.ended_at !== null) return 'ended';
    return { member: { id: row.id, team: row.team, role: row.role }, origin: row.origin };
  };
  return new Map(rows.map((row) => [row.browser_id, standingOf(row)]));
}

/** The same of one; a browser that was never paired is `ended`. */
export async function readStanding(trx: Trx, workspaceId: string, browserId: string): Promise<Standing> {
  return (await readStandings(trx, workspaceId, [browserId])).get(browserId) ?? 'ended';
}

/** What is told to a browser that asks without a token. One that is not there is `ended`. */
export async function readPairing(
  trx: Trx,
  workspaceId: string,
  browserId: string,
): Promise<{ state: 'active' | 'ended' | 'removed'; reason?: EndReason }> {
  const standing = await readStanding(trx, workspaceId, browserId);
  if (typeof standing === 'object') return { state: 'active' };
  const row = await trx
    .selectFrom('browser')
    .select('end_reason')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', browserId)
    .executeTakeFirst();
  return { state: standing, ...(row?.end_reason && { reason: row.end_reason }) };
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

/** Notes where a browser asks for tokens from, unless that is known, and, where it has got some, when it was here. */
export async function touchBrowser(
  trx: Trx,
  workspaceId: string,
  browserId: string,
  { origin, usedAt }: { origin: string | undefined; usedAt: Date | undefined },
): Promise<void> {
  if (origin === undefined && usedAt === undefined) return;
  await trx
    .updateTable('browser')
    .set((eb) => ({
      ...(usedAt && { used_at: usedAt }),
      ...(origin !== undefined && { origin: eb.fn.coalesce('origin', eb.val(origin)) }),
    }))
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', browserId)
    .execute();
}

export interface Ending {
  reason: EndReason;
  /** The member who ends it; absent: the server. */
  by?: string | undefined;
}

/**
 * Ends a browser's pairing: it gets no tokens from now on, and those that it has are refused within 30 s; at
 * once on this server after `memberships.forget()`. @returns false when it had ended or never was
 */
export async function endBrowser(
  trx: Trx,
  workspaceId: string,
  browserId: string,
  ending: Ending,
): Promise<boolean> {
  return (await end(trx, workspaceId, { id: browserId }, ending)) > 0;
}

/** Ends every browser of a member. @returns how many there were */
export async function endBrowsersOf(
  trx: Trx,
  workspaceId: string,
  memberId: string,
  ending: Ending,
): Promise<number> {
  return end(trx, workspaceId, { memberId }, ending);
}

async function end(
  trx: Trx,
  workspaceId: string,
  which: { id: string } | { memberId: string },
  { reason, by }: Ending,
): Promise<number> {
  const ended = await trx
    .updateTable('browser')
    .set({ ended_at: new Date(), end_reason: reason, ended_by: by ?? null })
    .where('workspace_id', '=', workspaceId)
    .where((eb) => ('id' in which ? eb('id', '=', which.id) : eb('member_id', '=', which.memberId)))
    .where('ended_at', 'is', null)
    .returning(['id', 'grant_id'])
    .execute();
  for (const { id } of ended) {
    await writeAudit(trx, workspaceId, 'browser.ended', {
      memberId: by,
      target: { kind: 'browser', id },
      detail: { reason },
    });
  }
  // Who had the browser may have provided for its end.
  const ids = ended.map(({ id }) => id);
  if (reason !== 'unclaimed') {
    await withdrawMadeBy(trx, workspaceId, ids, { who: { memberId: by }, spare: reason === 'signed-out' });
  }
  await deleteGrants(
    trx,
    workspaceId,
    ended.map(({ grant_id }) => grant_id),
  );
  return ended.length;
}

/** Keeps where a browser's requests come from, unless that is known. @returns what stands */
export async function recordOrigin(
  trx: Trx,
  workspaceId: string,
  browserId: string,
  origin: string,
): Promise<string | null> {
  const row = await trx
    .updateTable('browser')
    .set((eb) => ({ origin: eb.fn.coalesce('origin', eb.val(origin)) }))
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', browserId)
    .returning('origin')
    .executeTakeFirst();
  return row?.origin ?? null;
}
