import { Id, Instant, Team, text, z } from './base.ts';
import { Role } from './member.ts';
import { LOCK_DAYS_MAX } from './roles.ts';

const PersonName = text(200);
const Address = text(320);

/** `GET /v1/team`. Everybody sees the members; `invites` are those that one could have made oneself. */
export const TeamMember = z.object({
  id: Id,
  name: z.string(),
  team: Team,
  role: Role,
  email: z.optional(z.string()),
  leftAt: z.optional(Instant),
  /** Paired browsers that may come in. */
  browsers: z.int(),
  /** When one of them was last here. */
  seenAt: z.optional(Instant),
});
export type TeamMember = z.infer<typeof TeamMember>;

/** A link that nobody has used yet, without its secret. */
export const OpenInvite = z.object({
  id: Id,
  /** One more browser of this member. */
  memberId: z.optional(Id),
  email: z.optional(z.string()),
  name: z.optional(z.string()),
  team: Team,
  role: Role,
  createdBy: z.optional(Id),
  createdAt: Instant,
  /** May be past: it then waits to be made anew. */
  expiresAt: Instant,
});
export type OpenInvite = z.infer<typeof OpenInvite>;

/** A browser that may come in. */
export const PairedBrowser = z.object({
  id: Id,
  memberId: Id,
  /** `Chrome on Linux`. */
  name: z.string(),
  pairedAt: Instant,
  /** Within 5 minutes. */
  usedAt: z.optional(Instant),
});
export type PairedBrowser = z.infer<typeof PairedBrowser>;

export const WorkspaceSettings = z.object({
  name: PersonName,
  /** Days for which a browser's copy opens without having met the server. */
  lockDays: z.int().check(z.positive(), z.lte(LOCK_DAYS_MAX)),
  /** Whoever has an address here at the company's sign-in becomes a member. */
  joinDomains: z.array(text(253)).check(z.maxLength(20)),
});
export type WorkspaceSettings = z.infer<typeof WorkspaceSettings>;

export const TeamAnswer = z.object({
  /** Who asks, from which browser. */
  me: Id,
  browserId: Id,
  workspace: WorkspaceSettings,
  /** By name; those who left at the end. */
  members: z.array(TeamMember),
  invites: z.array(OpenInvite),
  /** One's own; an admin sees everybody's. */
  browsers: z.array(PairedBrowser),
});
export type TeamAnswer = z.infer<typeof TeamAnswer>;

/** `POST /v1/invites`: an admin; a lead for their own team. Answers `NewLink`. */
export const InviteRequest = z.object({
  email: z.optional(Address),
  name: z.optional(PersonName),
  team: Team,
  role: Role,
});
export type InviteRequest = z.infer<typeof InviteRequest>;

/** `POST /v1/invites/withdraw` and `…/renew` (which answers `NewLink`; the old link is then void). */
export const IdRequest = z.object({ id: Id });

/** Shown once: the server keeps only the hash of its secret. `POST /v1/browsers/pair` answers one for oneself. */
export const NewLink = z.object({ id: Id, link: z.string(), expiresAt: Instant });
export type NewLink = z.infer<typeof NewLink>;

/** `POST /v1/members/change`: an admin. What is absent stays. */
export const MemberChange = z.object({
  id: Id,
  name: z.optional(PersonName),
  team: z.optional(Team),
  role: z.optional(Role),
});
export type MemberChange = z.infer<typeof MemberChange>;

/** `POST /v1/workspace`: an admin. What is absent stays. */
export const WorkspaceChange = z.partial(WorkspaceSettings);
export type WorkspaceChange = z.infer<typeof WorkspaceChange>;

/** Answer to what is just done. */
export const Done = z.object({ done: z.literal(true) });

export const AuditRow = z.object({
  id: Id,
  at: Instant,
  /** Who did it; absent: the server, or nobody who is known. */
  by: z.optional(z.string()),
  /** `member.changed` */
  action: z.string(),
  /** `name`: of a member, a browser or an invited person; `owner`: whose browser. A contact has no name here. */
  target: z.optional(
    z.object({
      kind: z.string(),
      id: z.string(),
      name: z.optional(z.string()),
      owner: z.optional(z.string()),
    }),
  ),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type AuditRow = z.infer<typeof AuditRow>;

export const AUDIT_PAGE = 50;
/** `GET /v1/audit?before=<id>&limit=<1…100>`: an admin. Newest first. */
export const AuditAnswer = z.object({ rows: z.array(AuditRow), more: z.boolean() });
export type AuditAnswer = z.infer<typeof AuditAnswer>;

const kind = <K extends string>(name: K) => ({ kind: z.literal(name) });

/** What the team page changes. */
export const TeamChange = z.discriminatedUnion('kind', [
  z.extend(MemberChange, kind('member.change')),
  z.extend(IdRequest, kind('member.remove')),
  z.object(kind('member.leave')),
  z.extend(IdRequest, kind('pairing.end')),
  z.extend(IdRequest, kind('invite.withdraw')),
  z.extend(WorkspaceChange, kind('workspace.change')),
]);
export type TeamChange = z.infer<typeof TeamChange>;

/** The links that it asks for. */
export const LinkWanted = z.discriminatedUnion('kind', [
  z.extend(InviteRequest, kind('invite.make')),
  z.extend(IdRequest, kind('invite.renew')),
  z.object(kind('pairing.link')),
]);
export type LinkWanted = z.infer<typeof LinkWanted>;
