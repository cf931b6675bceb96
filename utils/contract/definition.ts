import * as v from 'valibot';
import { Id, Instant, Int, Revision, Team, text } from './base.ts';

/** A stage a contact is in, a kind of lead they are, or a kind of sale that is meant for them. */
export const DefinitionKind = v.picklist(['stage', 'lead', 'sale']);
export type DefinitionKind = v.InferOutput<typeof DefinitionKind>;

/** What can be known of a contact, and asked for before they count as being somewhere. */
export const FieldName = v.picklist([
  'email',
  'phone',
  'title',
  'company',
  'owner',
  'consent',
  'profile',
  'leadType',
  'saleType',
]);
export type FieldName = v.InferOutput<typeof FieldName>;

/** The two who agree; service and whoever is of both belong to each. */
export const SIDES = ['sales', 'marketing'] as const;
export type Side = (typeof SIDES)[number];

/** One that a newer server knows is left out, and not the whole definition. */
const Needs = v.pipe(
  v.array(v.string()),
  v.transform((names) => names.filter((name): name is FieldName => v.is(FieldName, name))),
);
const Says = v.object({ does: v.optional(v.string()), doesNot: v.optional(v.string()) });
export type Says = v.InferOutput<typeof Says>;

/** A stage, lead type or sale type as the two teams agreed on it. A shared record: synced whole. */
export const Definition = v.object({
  id: Id,
  /** Absent: a stage, as in copies of before there were others. */
  kind: v.optional(DefinitionKind),
  label: v.string(),
  /** 1-based place among those of its kind. */
  order: v.pipe(Int, v.minValue(1)),
  /** The team that leads while a contact is here. */
  team: Team,
  /** What each team does here, and does not do. */
  sales: v.optional(Says),
  marketing: v.optional(Says),
  /** What being here means, in plain words. */
  definition: v.optional(v.string()),
  /** What has to be true before: `Comes here when …` precedes it on screen. */
  entry: v.optional(v.string()),
  /** What ends it: `Done when …` precedes it on screen. */
  exit: v.optional(v.string()),
  /** What has to be known of a contact who is here. */
  needs: v.optional(Needs),
  /** It can be chosen no more; contacts that have it keep it. */
  retired: v.optional(v.boolean()),
  /** From when on this revision holds; absent for the first one. */
  since: v.optional(Instant),
  revision: Revision,
});
export type Definition = v.InferOutput<typeof Definition>;
export type Stage = Definition;

const WORDS = 600;
const CRITERIA = 400;
const SaysDraft = v.object({ does: v.optional(text(WORDS)), doesNot: v.optional(text(WORDS)) });

/** A definition as it is to be: all of it, and not only what changes. */
export const Draft = v.object({
  label: text(60),
  /** Absent: it stays where it is, a new one comes last. One that is taken moves the others on. */
  order: v.optional(v.pipe(Int, v.minValue(1), v.maxValue(100))),
  team: Team,
  sales: v.optional(SaysDraft),
  marketing: v.optional(SaysDraft),
  definition: v.optional(text(WORDS)),
  entry: v.optional(text(CRITERIA)),
  exit: v.optional(text(CRITERIA)),
  needs: v.optional(v.pipe(v.array(FieldName), v.maxLength(FieldName.options.length))),
  retired: v.optional(v.boolean()),
});
export type Draft = v.InferOutput<typeof Draft>;

export const kindOf = ({ kind }: Pick<Definition, 'kind'>): DefinitionKind => kind ?? 'stage';

/** The draft that changes nothing. */
export function draftOf({
  id: _,
  kind: __,
  order: ___,
  since: ____,
  revision: _____,
  ...rest
}: Definition): Draft {
  return rest;
}

/** `POST /v1/definition-versions`: what held before, newest first. */
export const VersionsRequest = v.object({ id: Id });
export const DefinitionVersion = v.object({
  revision: Revision,
  /** As it read then. */
  body: v.omit(Definition, ['id', 'kind', 'order', 'revision', 'since']),
  since: v.optional(Instant),
  until: v.optional(Instant),
  proposedBy: v.optional(Id),
  agreedBy: v.optional(Id),
});
export type DefinitionVersion = v.InferOutput<typeof DefinitionVersion>;
/** The one in force comes first. */
export const VersionsAnswer = v.object({ versions: v.array(DefinitionVersion) });
