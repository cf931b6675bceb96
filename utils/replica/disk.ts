import type { Card } from '../contract/card.ts';
import type { Command, Refusal } from '../contract/command.ts';
import type { Company } from '../contract/company.ts';
import type { Shared } from '../contract/routes.ts';

/** What is known about the connection and how far the copy has come. */
export interface Meta {
  server?: string;
  token?: string;
  workspaceId?: string;
  workspace?: string;
  me?: string;
  /** Not extractable. Absent where the browser will not store keys: then it is fetched at each start. */
  tagKey?: CryptoKey;
  /** All changes up to this one are in the copy. */
  version?: number;
  tagsVersion?: number;
  tagsEtag?: string;
  /** The server's set has changed since. */
  tagsStale?: boolean;
  /** ms since epoch at which the copy was last known to be in step. */
  inStepAt?: number;
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

/** A write that waits for the server, or that the server refused. */
export interface Queued {
  /** Place in the order of writing. */
  seq: number;
  /** The workspace it was written for; it is never sent to another. */
  workspaceId: string;
  command: Command;
  refused?: { reason: Refusal; contactIds?: string[] };
}

/** Changes that belong together: all of them happen or none. */
export interface Batch {
  /** Empties everything that can be fetched again, before the rest is written. */
  clear?: boolean;
  meta?: Meta;
  tags?: Uint8Array<ArrayBuffer>;
  shared?: Shared;
  cards?: HeldCard[];
  companies?: Company[];
  dropCards?: string[];
  /** Queued commands with a new state. */
  queued?: Queued[];
  dropQueued?: number[];
}

export interface Start {
  meta: Meta;
  tags: Uint8Array<ArrayBuffer> | undefined;
  shared: Shared | undefined;
  /** In order. */
  queued: Queued[];
}

/** Where the local copy lies. Methods reject with the browser's own errors. */
export interface Disk {
  load(): Promise<Start>;
  write(batch: Batch): Promise<void>;
  /** Resolves when the command is safe from a crash. */
  append(entry: Omit<Queued, 'seq'>): Promise<Queued>;
  cards(ids: string[]): Promise<HeldCard[]>;
  cardsByKeys(keys: string[]): Promise<HeldCard[]>;
  cardsOfCompany(companyId: string): Promise<HeldCard[]>;
  allCards(): Promise<HeldCard[]>;
  cardIds(): Promise<string[]>;
  companies(ids: string[]): Promise<Company[]>;
  draft(form: string): Promise<string>;
  saveDraft(form: string, text: string): Promise<void>;
}
