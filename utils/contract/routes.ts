import * as v from 'valibot';
import { Agreement } from './agreement.ts';
import { Id, Int, text, Version } from './base.ts';
import { Campaign } from './campaign.ts';
import { Company } from './company.ts';
import { Definition } from './definition.ts';
import { Member, Role } from './member.ts';
import { Proposals } from './proposal.ts';
import { TagKeyNo } from './tags.ts';

/** Paths of the API. All of `/v1` but `pairing` wants `Authorization: Bearer <token>`. */
export const PATHS = {
  session: '/v1/session',
  pairing: '/v1/pairing',
  signOut: '/v1/sign-out',
  tags: '/v1/tags',
  shared: '/v1/shared',
  lookup: '/v1/lookup',
  cards: '/v1/cards',
  mine: '/v1/mine',
  companies: '/v1/companies',
  changes: '/v1/changes',
  stream: '/v1/stream',
  search: '/v1/search',
  company: '/v1/company',
  commands: '/v1/commands',
  versions: '/v1/definition-versions',
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
  tagKey: '/v1/tag-key',
  recipes: '/v1/recipes',
  recipesStale: '/v1/recipes/stale',
} as const;

/**
 * Every answer that is no success. `message` is for people and never carries an inner error's text; `id` is the
 * request's, by which the server's log has it.
 */
export const Problem = v.object({
  error: v.object({ code: v.string(), message: v.string(), id: v.optional(v.string()) }),
});
export type Problem = v.InferOutput<typeof Problem>;

/** `GET /v1/session`: who the token stands for, and the key that match keys are tagged with. */
export const Session = v.object({
  workspace: v.object({ id: Id, name: v.string() }),
  me: Id,
  /** 32 bytes, base64. */
  tagKey: v.string(),
  /** Which key it is: tags are asked for by this number. */
  tagKeyNo: v.optional(TagKeyNo),
  version: Version,
  /** Days for which a browser's copy opens without having met the server. */
  lockDays: v.optional(v.pipe(Int, v.minValue(1))),
  role: v.optional(Role),
});
export type Session = v.InferOutput<typeof Session>;

/** Of `GET /v1/tags`: the workspace's version that the answer is of. Its other headers are in `tags.ts`. */
export const VERSION_HEADER = 'truce-version';

/** `GET /v1/shared`: the records that every card may refer to, whole. */
export const Shared = v.object({
  version: Version,
  stages: v.array(Definition),
  /** Lead and sale types; absent in copies from before there were any. */
  types: v.optional(v.array(Definition)),
  /** Open ones, and those last decided. */
  proposals: v.optional(Proposals),
  /** Absent: the two teams have none yet. */
  agreement: v.optional(Agreement),
  members: v.array(Member),
  campaigns: v.array(Campaign),
});
export type Shared = v.InferOutput<typeof Shared>;

export const LOOKUP_MAX = 200;
export const LookupRequest = v.object({
  tags: v.pipe(v.array(v.pipe(Int, v.minValue(0), v.maxValue(2 ** 48 - 1))), v.maxLength(LOOKUP_MAX)),
});
/** `POST /v1/cards` and `POST /v1/companies`: what these ids stand for; those that are gone are just absent. */
export const IdsRequest = v.object({ ids: v.pipe(v.array(Id), v.maxLength(LOOKUP_MAX)) });
export const CompaniesAnswer = v.object({ companies: v.array(Company) });

/** A contact in a list of results. */
export const Hit = v.object({
  id: Id,
  name: v.string(),
  title: v.optional(v.string()),
  company: v.optional(v.string()),
  email: v.optional(v.string()),
  stageId: v.optional(Id),
});
export type Hit = v.InferOutput<typeof Hit>;

/** `POST /v1/search`: by name or company. Addresses are looked up by tag instead and never sent. */
export const SearchRequest = v.object({
  q: text(200),
  limit: v.optional(v.pipe(Int, v.minValue(1), v.maxValue(50))),
});
export const SearchAnswer = v.object({ hits: v.array(Hit) });
export type SearchAnswer = v.InferOutput<typeof SearchAnswer>;

/** `POST /v1/company`: a company and its people by name, at most 50; `total` counts all of them. */
export const CompanyRequest = v.object({ id: Id });
export const CompanyAnswer = v.object({ company: Company, people: v.array(Hit), total: Int });
export type CompanyAnswer = v.InferOutput<typeof CompanyAnswer>;
