import type { Card } from '../contract/card.ts';
import type { Command, Refusal } from '../contract/command.ts';
import type { Company } from '../contract/company.ts';
import type { Contradiction } from '../contract/contradiction.ts';
import type { Recipe } from '../contract/recipe.ts';
import type { Shared } from '../contract/routes.ts';
import type { Limits } from './evict.ts';
import type { Seen } from './seen.ts';
import type { Pack } from './tags/layout.ts';
import type { TagSink } from './tags/sink.ts';
import type { HeldTags, TagRecord } from './tags/store.ts';

/** What is known about the connection and how far the copy has come. */
export interface Meta {
  server?: string;
  workspaceId?: string;
  workspace?: string;
  me?: string;
  /** As the server lists this browser. */
  browserId?: string;
  /** The server has ended this browser (why, in its words) or removed its person: the copy is gone. */
  ended?: { state: 'ended' | 'removed'; reason?: string };
  /** Days after which a copy that has not met its server locks. */
  lockDays?: number;
  /** It has: a clock that is set back does not open it again. */
  locked?: boolean;
  /** Not extractable. Absent where the browser will not store keys: then it is fetched at each start. */
  tagKey?: CryptoKey;
  /** The key's number in its workspace. */
  tagKeyNo?: number;
  /** The workspace has another key since. */
  tagKeyStale?: boolean;
  /** All changes up to this one are in the copy. */
  version?: number;
  /** The set is as of this version. */
  tagsVersion?: number;
  /** The server's set has changed since. */
  tagsStale?: boolean;
  /** ms since epoch at which the copy was last known to be in step. */
  inStepAt?: number;
  /** For how many ms it has been out of step since, counted up to `at` (ms since epoch). Absent in step. */
  away?: { ms: number; at: number };
}

/** The right to come in without asking the person again. */
export interface Grant {
  server: string;
  browserId: string;
  refreshToken: string;
  key: HeldKey;
}

/**
 * The refresh token is good with it only. Not extractable, and so bound to this browser; only where the browser
 * will not store such keys, it is written out.
 */
export type HeldKey = CryptoKeyPair | JsonWebKey;

/** A sign-in that waits for its person. */
export interface Pending {
  server: string;
  key: HeldKey;
  /** By code, which goes on when the background is ended. */
  device?: {
    deviceCode: string;
    /** What the person compares, and where. */
    userCode: string;
    link: string;
    /** Seconds between two questions whether it is done. */
    interval: number;
  };
}

export interface HeldCard {
  id: string;
  version: number;
  card: Card;
  /** Match keys that it answers to. */
  keys: string[];
  /** ms since epoch. */
  fetchedAt: number;
}

/** The user's own contacts, as the server has told them. */
export interface Mine {
  /** Whose. */
  me: string;
  /** Those that changed last first. */
  ids: string[];
  /** ms since epoch at which they were asked for, and the copy's version then. */
  at: number;
  version: number;
}

/** Recipes that the server served in place of the extension's own, and which of all no longer fit their sites. */
export interface HeldRecipes {
  /** Of the server's answer. */
  etag?: string;
  /** ms since epoch at which it was asked. */
  at: number;
  served: Recipe[];
  /** `told`: the server knows, of a served one since then (ms since epoch). */
  stale: { id: string; version: number; told: boolean; at?: number }[];
}

/** What went to make room. */
export interface Evicted {
  cards: string[];
  companies: string[];
}

/** A write that waits for the server, or that the server refused. */
export interface Queued {
  /** Place in the order of writing. */
  seq: number;
  /** The server that it was written for; another may name the same ids. Absent in copies of the first release. */
  server?: string;
  /** The workspace it was written for; it is never sent to another. */
  workspaceId: string;
  /** Who wrote it; it is never sent as somebody else. Absent in copies of the first release. */
  memberId?: string;
  command: Command;
  /** `erased`: the person was, and what was typed about them is gone from here too. */
  refused?: { reason: Refusal; contactIds?: string[]; contradiction?: Contradiction; erased?: true };
}

/** Changes that belong together: all of them happen or none. */
export interface Batch {
  /** Empties everything that can be fetched again, before the rest is written. */
  clear?: boolean;
  /** Empties what can't be fetched again: drafts, and of the outbox what the copy's own person wrote. */
  clearOwn?: boolean;
  /** Empties the companies, before the rest is written: any of them may be old. */
  clearCompanies?: boolean;
  /** `null` gives the right up. */
  grant?: Grant | null;
  pending?: Pending | null;
  meta?: Meta;
  /** A whole set, in place of what is there. */
  tags?: Pack;
  tagDelta?: TagRecord;
  shared?: Shared;
  cards?: HeldCard[];
  companies?: Company[];
  /** Companies that the cards name and that were held when they were asked for: put back if they went meanwhile. */
  named?: Company[];
  seen?: Seen[];
  mine?: Mine;
  recipes?: HeldRecipes;
  dropCards?: string[];
  /** Contacts that were erased: `withErased` says what goes with them. */
  erased?: string[];
  draft?: { form: string; text: string };
  dropDrafts?: string[];
  /** Queued commands with a new state. */
  queued?: Queued[];
  dropQueued?: number[];
}

export interface Start {
  meta: Meta;
  tags: HeldTags | undefined;
  shared: Shared | undefined;
  /** In order. */
  queued: Queued[];
}

/** Where the local copy lies. Methods reject with the browser's own errors. */
export interface Disk {
  load(): Promise<Start>;
  write(batch: Batch): Promise<void>;
  /** The set as it lies there. */
  tags(): Promise<HeldTags | undefined>;
  /** Where a whole set is written before a batch puts it in place; absent where a Blob will do. */
  tagSink?(): Promise<TagSink>;
  /** Removes sets that were written and never put in place, or not removed in time. Never while one is written. */
  tidyTags?(): Promise<void>;
  /** Resolves when the command is safe from a crash; the draft of `form` goes with the same stroke. */
  append(entry: Omit<Queued, 'seq'>, form?: string): Promise<Queued>;
  cards(ids: string[]): Promise<HeldCard[]>;
  cardsByKeys(keys: string[]): Promise<HeldCard[]>;
  cardsOfCompany(companyId: string): Promise<HeldCard[]>;
  allCards(): Promise<HeldCard[]>;
  cardIds(): Promise<string[]>;
  companies(ids: string[]): Promise<Company[]>;
  companiesAt(domains: string[]): Promise<Company[]>;
  mine(): Promise<Mine | undefined>;
  recipes(): Promise<HeldRecipes | undefined>;
  /** Drops the cards that are too many, and the companies that no card names then. */
  evict(limits: Limits): Promise<Evicted>;
  draft(form: string): Promise<string>;
  saveDraft(form: string, text: string): Promise<void>;
  /** Names of all drafts. */
  draftForms(): Promise<string[]>;
  grant(): Promise<Grant | undefined>;
  pending(): Promise<Pending | undefined>;
}
