/**
 * What the background shows to a screen: one plain object, pushed whole over the port `screen` whenever it
 * changes. Screens keep nothing else and compute from it only what depends on the time of day.
 */
import type { Agreement } from './contract/agreement.ts';
import type { Campaign } from './contract/campaign.ts';
import type { Card } from './contract/card.ts';
import type { Command, Refusal } from './contract/command.ts';
import type { Company } from './contract/company.ts';
import type { Contradiction } from './contract/contradiction.ts';
import type { Definition, Stage } from './contract/definition.ts';
import type { Member } from './contract/member.ts';
import type { Proposal } from './contract/proposal.ts';
import type { SiteView } from './contract/recipe.ts';
import type { Role } from './detect/types.ts';
import type { ErrorCode } from './trouble.ts';

export type ConnectionState =
  | 'unset' // no server yet
  | 'connecting'
  | 'online'
  | 'offline' // no answer: down, no network, too slow
  | 'denied' // not let in just now, though this browser was not ended
  | 'strange' // answers, but not as a Truce server does
  | 'signed-out' // the right to come in is gone; so is the copy, where the server has ended it
  | 'removed' // its person is no longer in the team: nothing is left
  | 'locked'; // too long without the server: what is here is not shown

export interface Connection {
  state: ConnectionState;
  server?: string;
  workspace?: string;
  /** Member id of the user. */
  me?: string;
  /** ms since epoch at which the local copy was last known to be in step. */
  inStepAt?: number;
  /** Why the server has ended this browser: `owner`, `admin`, `reuse` … */
  reason?: string;
  /** Days after which the copy locks. */
  lockDays?: number;
}

/** A sign-in that is under way, or how the last one ended. */
export interface SigningIn {
  server: string;
  how: 'window' | 'code';
  /** What the person compares with the page behind `link`. */
  code?: string;
  link?: string;
  /** It has ended without success. */
  problem?: ErrorCode;
  /** That is why: the server calls itself so, and is to be used by that address. */
  callsItself?: string;
}

export interface PageState {
  tabId?: number;
  /** Host without path, when we may know it. */
  host?: string;
  /** Address without sign-in, query and fragment, when we may know it: to be kept with a note by choice. */
  link?: string;
  /**
   * `blank`: nothing to read (new tab, browser page); `closed`: no permission for this site;
   * `reading`: no report yet; `read`; `missed`: read, but the site's recipe found nothing where it should.
   */
  state: 'blank' | 'closed' | 'reading' | 'read' | 'missed';
  /** Label of the recipe's site: `Gmail`. */
  site?: string;
  /** Label of a social site that may not be read: what of it would be is told before it is asked for. */
  social?: string;
  /** What of the page its recipe did not find. */
  missed?: SiteView;
  /** It has missed several pages: the site has changed. `told`: the team's admins are told of it. */
  stale?: 'stale' | 'told';
}

export interface KnownPerson {
  /** Until the contact is known (being fetched, or offline without a copy): the match key instead. */
  contactId: string;
  /** How the page named them. */
  name?: string;
  /** The address or profile that matched, as shown to people. */
  matched: string;
  by: 'address' | 'profile' | 'claim' | 'name' | 'hand';
  /** By address, of which the contact has another form (`ann@…` for `ann+news@…`). */
  alternate?: true;
  /** A guess: match keys of the profile that the page shows them by, the readable first; a click makes them theirs. */
  confirm?: string[];
  /** A guess: what the page tells its person by. `guess.deny` keeps it from coming again. */
  marks?: string[];
  role: Role;
  focus: boolean;
  /** Absent while it is being fetched, or when offline without a copy. */
  card?: Card;
  /** The server's card came in a form that this version can't read; `card` is then the one before, if any. */
  unreadable?: boolean;
  company?: Company;
  /** ms since epoch at which this card was last known to be current. */
  cardAt?: number;
  /** Ids of notes, touches and tasks on the card that wait in the outbox; `contact` for the contact's own fields. */
  waiting: string[];
  /** Other contacts with the same address or profile: show a choice. */
  others: string[];
}

/** Somebody who may be this contact, which nothing proves: by name and company, or by what a page claims. */
export const isGuess = ({ by }: Pick<KnownPerson, 'by'>): boolean => by === 'name' || by === 'claim';

export interface Stranger {
  /** Or, of whom only a profile is known, that as people read it. */
  address: string;
  /** Then: its match key. */
  profile?: string;
  name?: string;
  /** The team knows the company whose domain this is. */
  company?: { id: string; name: string };
  role: Role;
  focus: boolean;
}

/** A write that is on its way to the server. */
export interface WaitingCommand {
  command: Command;
  /** The contact's name, where it is known here. */
  who?: string;
}

export interface RefusedCommand extends WaitingCommand {
  reason: Refusal;
  contactIds?: string[];
  contradiction?: Contradiction;
  /** The person was erased: nothing of what was typed is left. */
  erased?: true;
  /** Of somebody who was not added: what was written about them, which waits until that is mended. */
  behind?: Command[];
}

export type ShownProposal = Proposal & {
  /** The user's word on it (that they propose it, or how they decide) is still in the outbox: only asked for till then. */
  waiting?: true;
};

export interface View {
  connection: Connection;
  signingIn?: SigningIn;
  /** The server that this browser's administrator has set; no other one is taken. */
  preset?: string;
  page: PageState;
  /** The team's contacts are here, so that it can be said who is none of them. */
  tested: boolean;
  /** Focus first, then by role. */
  people: KnownPerson[];
  strangers: Stranger[];
  /** How many of the page are not listed: no screen can use them all. */
  more: { people: number; strangers: number };
  stages: Stage[];
  /** Lead and sale types. */
  types: Definition[];
  /** What the two teams are to agree on, open ones first; and how the last ones were decided. */
  proposals: ShownProposal[];
  /** What the two teams owe each other when a lead is handed over; absent until they agree on it. */
  agreement?: Agreement;
  members: Member[];
  /** The campaigns that the cards in `people` name. */
  campaigns: Campaign[];
  /** Commands that the server has not decided on, and the first of them in order. */
  waiting: number;
  outbox: WaitingCommand[];
  refused: RefusedCommand[];
  /** How many more lie in this browser for somebody else's sign-in, or another team's: they stay for that. */
  others?: number;
  /** Contacts found to be erased: a screen that still shows one lets go of them. */
  erased?: string[];
  /** IndexedDB cannot be used: `refused` by the browser or the profile, or `full`. */
  storage: 'ok' | 'refused' | 'full';
}
