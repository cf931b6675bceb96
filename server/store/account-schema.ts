import type { ColumnType, Generated } from 'kysely';
import type { Team } from '../../utils/contract/base.ts';
import type { Member } from '../../utils/contract/member.ts';
import type { Authored, InWorkspace, OptionalTime, Time } from './columns.ts';

export interface MemberTable extends Authored {
  id: string;
  name: string;
  team: Team;
  role: Member['role'];
  email: string | null;
  /** Whoever invited them wrote it, or the company's sign-in said so; otherwise it is what they say. */
  email_confirmed: Generated<boolean>;
  left_at: OptionalTime;
  /** `issuer subject` at the company's sign-in. */
  subject: Generated<string | null>;
}

/** Who or what ended a browser's pairing; `unclaimed`: it never fetched its tokens and its invitation went on. */
export type EndReason = 'owner' | 'admin' | 'removed' | 'signed-out' | 'reuse' | 'unclaimed';

/** A paired browser: one grant of the OpenID provider. */
export interface BrowserTable extends InWorkspace {
  id: string;
  member_id: string;
  grant_id: string;
  /** `Chrome on Linux`. */
  name: string;
  /** `moz-extension://…`: where its requests come from. */
  origin: string | null;
  created_at: Generated<Date>;
  used_at: OptionalTime;
  ended_at: OptionalTime;
  ended_by: string | null;
  end_reason: EndReason | null;
  /** Hash of the refresh token that was used last; null: none yet. */
  refresh_id: string | null;
  /** How many refresh tokens came before that one. */
  refresh_turn: number | null;
  /** When it was used for the first time. */
  refresh_at: OptionalTime;
}

export interface InviteTable extends InWorkspace {
  id: string;
  token_hash: Buffer;
  /** One more browser of this member; null: somebody new. */
  member_id: string | null;
  email: string | null;
  name: string | null;
  team: Team;
  role: Member['role'];
  created_by: string | null;
  /** The browser that the link was made in. */
  created_by_browser: string | null;
  created_at: Generated<Date>;
  expires_at: Time;
  used_at: OptionalTime;
  /** The browser that it let in. */
  browser_id: string | null;
  withdrawn_at: OptionalTime;
}

export interface AuditTable extends InWorkspace {
  id: string;
  at: Generated<Date>;
  member_id: string | null;
  browser_id: string | null;
  action: string;
  target_kind: string | null;
  target_id: string | null;
  /** Written as JSON text. */
  detail: ColumnType<Record<string, string | number | boolean>, string | undefined, never>;
}

export interface OidcTable extends InWorkspace {
  kind: string;
  id: string;
  grant_id: string | null;
  uid: string | null;
  user_code: string | null;
  /** Written as JSON text. */
  payload: ColumnType<Record<string, unknown>, string, string>;
  expires_at: OptionalTime;
  consumed_at: OptionalTime;
}

export interface SecretTable extends InWorkspace {
  name: string;
  /** Which key encrypted it: `keyId` of the secret box. */
  key_id: string;
  body: Buffer;
  created_at: Generated<Date>;
}
