import * as v from 'valibot';
import { Id, Instant, Int, record, Team, text } from './base.ts';
import { Role } from './member.ts';
import { StaleRecipe } from './recipes.ts';
import { LOCK_DAYS_MAX } from './roles.ts';

const PersonName = text(200);
const Address = text(320);

/** `GET /v1/team`. Everybody sees the members; `invites` are those that one could have made oneself. */
export const TeamMember = v.object({
  id: Id,
  name: v.string(),
  team: Team,
  role: Role,
  email: v.optional(v.string()),
  leftAt: v.optional(Instant),
  /** Paired browsers that may come in. */
  browsers: Int,
  /** When one of them was last here. */
  seenAt: v.optional(Instant),
});
export type TeamMember = v.InferOutput<typeof TeamMember>;

/** A link that nobody has used yet, without its secret. */
export const OpenInvite = v.object({
  id: Id,
  /** One more browser of this member. */
  memberId: v.optional(Id),
  email: v.optional(v.string()),
  name: v.optional(v.string()),
  team: Team,
  role: Role,
  createdBy: v.optional(Id),
  createdAt: Instant,
  /** May be past: it then waits to be made anew. */
  expiresAt: Instant,
});
export type OpenInvite = v.InferOutput<typeof OpenInvite>;

/** A browser that may come in. */
export const PairedBrowser = v.object({
  id: Id,
  memberId: Id,
  /** `Chrome on Linux`. */
  name: v.string(),
  pairedAt: Instant,
  /** Within 5 minutes. */
  usedAt: v.optional(Instant),
});
export type PairedBrowser = v.InferOutput<typeof PairedBrowser>;

export const WorkspaceSettings = v.object({
  name: PersonName,
  /** Days for which a browser's copy opens without having met the server. */
  lockDays: v.pipe(Int, v.minValue(1), v.maxValue(LOCK_DAYS_MAX)),
  /** Whoever has an address here at the company's sign-in becomes a member. */
  joinDomains: v.pipe(v.array(text(253)), v.maxLength(20)),
});
export type WorkspaceSettings = v.InferOutput<typeof WorkspaceSettings>;

export const TeamAnswer = v.object({
  /** Who asks, from which browser. */
  me: Id,
  browserId: Id,
  workspace: WorkspaceSettings,
  /** By name; those who left at the end. */
  members: v.array(TeamMember),
  invites: v.array(OpenInvite),
  /** One's own; an admin sees everybody's. */
  browsers: v.array(PairedBrowser),
  /** For an admin: those that no longer fit, the longest known first. */
  staleRecipes: v.optional(v.array(StaleRecipe)),
});
export type TeamAnswer = v.InferOutput<typeof TeamAnswer>;

/** `POST /v1/invites`: an admin; a lead for their own team. Answers `NewLink`. */
export const InviteRequest = v.object({
  email: v.optional(Address),
  name: v.optional(PersonName),
  team: Team,
  role: Role,
});
export type InviteRequest = v.InferOutput<typeof InviteRequest>;

/** `POST /v1/invites/withdraw` and `…/renew` (which answers `NewLink`; the old link is then void). */
export const IdRequest = v.object({ id: Id });

/** Shown once: the server keeps only the hash of its secret. `POST /v1/browsers/pair` answers one for oneself. */
export const NewLink = v.object({ id: Id, link: v.string(), expiresAt: Instant });
export type NewLink = v.InferOutput<typeof NewLink>;

/** `POST /v1/members/change`: an admin. What is absent stays. */
export const MemberChange = v.object({
  id: Id,
  name: v.optional(PersonName),
  team: v.optional(Team),
  role: v.optional(Role),
});
export type MemberChange = v.InferOutput<typeof MemberChange>;

/** `POST /v1/workspace`: an admin. What is absent stays. */
export const WorkspaceChange = v.partial(WorkspaceSettings);
export type WorkspaceChange = v.InferOutput<typeof WorkspaceChange>;

/** Answer to what is just done. */
export const Done = v.object({ done: v.literal(true) });

export const AuditRow = v.object({
  id: Id,
  at: Instant,
  /** Who did it; absent: the server, or nobody who is known. */
  by: v.optional(v.string()),
  /** `member.changed` */
  action: v.string(),
  /** `name`: of a member, a browser or an invited person; `owner`: whose browser. A contact has no name here. */
  target: v.optional(
    v.object({
      kind: v.string(),
      id: v.string(),
      name: v.optional(v.string()),
      owner: v.optional(v.string()),
    }),
  ),
  detail: record(v.union([v.string(), v.number(), v.boolean()])),
});
export type AuditRow = v.InferOutput<typeof AuditRow>;

export const AUDIT_PAGE = 50;
/** `GET /v1/audit?before=<id>&limit=<1…100>`: an admin. Newest first. */
export const AuditAnswer = v.object({ rows: v.array(AuditRow), more: v.boolean() });
export type AuditAnswer = v.InferOutput<typeof AuditAnswer>;

const kind = <K extends string>(name: K) => ({ kind: v.literal(name) });

/** What the team page changes. */
export const TeamChange = v.variant('kind', [
  v.object({ ...MemberChange.entries, ...kind('member.change') }),
  v.object({ ...IdRequest.entries, ...kind('member.remove') }),
  v.object(kind('member.leave')),
  v.object({ ...IdRequest.entries, ...kind('pairing.end') }),
  v.object({ ...IdRequest.entries, ...kind('invite.withdraw') }),
  v.object({ ...WorkspaceChange.entries, ...kind('workspace.change') }),
  v.object(kind('tag-key.change')),
]);
export type TeamChange = v.InferOutput<typeof TeamChange>;

/** The links that it asks for. */
export const LinkWanted = v.variant('kind', [
  v.object({ ...InviteRequest.entries, ...kind('invite.make') }),
  v.object({ ...IdRequest.entries, ...kind('invite.renew') }),
  v.object(kind('pairing.link')),
]);
export type LinkWanted = v.InferOutput<typeof LinkWanted>;
