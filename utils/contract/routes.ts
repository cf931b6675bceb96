import { Id, text, Version, z } from './base.ts';
import { Campaign } from './campaign.ts';
import { Company } from './company.ts';
import { Member, Role } from './member.ts';
import { Stage } from './stage.ts';

/** Paths of the API. All of `/v1` but `pairing` wants `Authorization: Bearer <token>`. */
export const PATHS = {
  session: '/v1/session',
  pairing: '/v1/pairing',
  signOut: '/v1/sign-out',
  tags: '/v1/tags',
  shared: '/v1/shared',
  lookup: '/v1/lookup',
  cards: '/v1/cards',
  companies: '/v1/companies',
  changes: '/v1/changes',
  search: '/v1/search',
  company: '/v1/company',
  commands: '/v1/commands',
  export: '/v1/export',
  erase: '/v1/erase',
  lift: '/v1/suppression/lift',
  retention: '/v1/retention',
  team: '/v1/team',
  invite: '/v1/invites',
  inviteWithdraw: '/v1/invites/withdraw',
  inviteRenew: '/v1/invites/renew',
  memberChange: '/v1/members/change',
  memberRemove: '/v1/members/remove',
  memberLeave: '/v1/members/leave',
  browserPair: '/v1/browsers/pair',
  browserEnd: '/v1/browsers/end',
  workspace: '/v1/workspace',
  audit: '/v1/audit',
} as const;

/**
 * Every answer that is no success. `message` is for people and never carries an inner error's text; `id` is the
 * request's, by which the server's log has it.
 */
export const Problem = z.object({
  error: z.object({ code: z.string(), message: z.string(), id: z.optional(z.string()) }),
});
export type Problem = z.infer<typeof Problem>;

/** `GET /v1/session`: who the token stands for, and the key that match keys are tagged with. */
export const Session = z.object({
  workspace: z.object({ id: Id, name: z.string() }),
  me: Id,
  /** 32 bytes, base64. */
  tagKey: z.string(),
  version: Version,
  /** Days for which a browser's copy opens without having met the server. */
  lockDays: z.optional(z.int().check(z.positive())),
  role: z.optional(Role),
});
export type Session = z.infer<typeof Session>;

/** `GET /v1/tags` answers `application/octet-stream`: sorted 48-bit big-endian tags; version in this header. */
export const VERSION_HEADER = 'truce-version';

/** `GET /v1/shared`: the records that every card may refer to, whole. */
export const Shared = z.object({
  version: Version,
  stages: z.array(Stage),
  members: z.array(Member),
  campaigns: z.array(Campaign),
});
export type Shared = z.infer<typeof Shared>;

export const LOOKUP_MAX = 200;
export const LookupRequest = z.object({
  tags: z.array(z.int().check(z.nonnegative(), z.lt(2 ** 48))).check(z.maxLength(LOOKUP_MAX)),
});
/** `POST /v1/cards` and `POST /v1/companies`: what these ids stand for; those that are gone are just absent. */
export const IdsRequest = z.object({ ids: z.array(Id).check(z.maxLength(LOOKUP_MAX)) });
export const CompaniesAnswer = z.object({ companies: z.array(Company) });

/** A contact in a list of results. */
export const Hit = z.object({
  id: Id,
  name: z.string(),
  title: z.optional(z.string()),
  company: z.optional(z.string()),
  email: z.optional(z.string()),
  stageId: z.optional(Id),
});
export type Hit = z.infer<typeof Hit>;

/** `POST /v1/search`: by name or company. Addresses are looked up by tag instead and never sent. */
export const SearchRequest = z.object({
  q: text(200),
  limit: z.optional(z.int().check(z.positive(), z.lte(50))),
});
export const SearchAnswer = z.object({ hits: z.array(Hit) });
export type SearchAnswer = z.infer<typeof SearchAnswer>;

/** `POST /v1/company`: a company and its people by name, at most 50; `total` counts all of them. */
export const CompanyRequest = z.object({ id: Id });
export const CompanyAnswer = z.object({ company: Company, people: z.array(Hit), total: z.int() });
export type CompanyAnswer = z.infer<typeof CompanyAnswer>;
