import { contactOf } from '../contract/command.ts';
import type { Company } from '../contract/company.ts';
import { isProfile, shownProfile } from '../contract/profiles.ts';
import type { Shared } from '../contract/routes.ts';
import { roleOrder } from '../detect/types.ts';
import type { HeldCard, Queued } from '../replica/disk.ts';
import { heldBack } from '../replica/held-back.ts';
import { overlay } from '../replica/overlay.ts';
import { overlayProposals } from '../replica/overlay-proposals.ts';
import { isShut } from '../shut.ts';
import {
  type Connection,
  isGuess,
  type KnownPerson,
  type PageState,
  type RefusedCommand,
  type SigningIn,
  type Stranger,
  type View,
  type WaitingCommand,
} from '../view.ts';
import type { Found } from './people.ts';

/** No screen can list more of one page; the badge counts all. */
const MOST = 100;
/** Of what waits, so many are listed. */
export const LISTED = 50;

export interface Situation {
  /** ms since epoch. */
  now: number;
  connection: Connection;
  /** There is a set of tags to tell strangers by. */
  tested: boolean;
  signingIn?: SigningIn;
  preset?: string;
  page: PageState;
  found: Found[];
  strangers: Stranger[];
  /** Contacts opened by hand, the latest first. */
  opened: string[];
  cards: ReadonlyMap<string, HeldCard>;
  companies: ReadonlyMap<string, Company>;
  unreadable: ReadonlyMap<string, string[]>;
  shared: Shared | undefined;
  /** This workspace's, in order. */
  queued: Queued[];
  /** How many of others' are queued. */
  others?: number;
  erased?: string[];
  storage: View['storage'];
}

/** What a screen shows of one tab. Pure. */
export function viewOf(situation: Situation): View {
  const { connection, page, found, opened, shared, storage } = situation;
  const people = found.map((each) => person(each, situation));
  for (const contactId of [...opened].reverse()) {
    const index = people.findIndex((each) => each.contactId === contactId);
    const [known] = index < 0 ? [] : people.splice(index, 1);
    const byHand = known ?? handPerson(contactId, situation);
    if (byHand) people.unshift({ ...byHand, focus: true });
  }
  const shown = inOrder(people, opened).slice(0, MOST);
  const over = (all: unknown[]) => Math.max(0, all.length - MOST);
  const named = new Set(
    shown.flatMap(({ card }) => card?.memberships.map(({ campaignId }) => campaignId) ?? []),
  );
  return {
    connection,
    tested: situation.tested,
    ...(situation.signingIn && { signingIn: situation.signingIn }),
    ...(situation.preset !== undefined && { preset: situation.preset }),
    page,
    people: shown,
    strangers: [...situation.strangers]
      .sort((a, b) => Number(b.focus) - Number(a.focus) || roleOrder(a.role) - roleOrder(b.role))
      .slice(0, MOST),
    more: { people: over(people), strangers: over(situation.strangers) },
    stages: shared?.stages ?? [],
    types: shared?.types ?? [],
    proposals: proposalsOf(situation),
    ...(shared?.agreement && { agreement: shared.agreement }),
    members: shared?.members ?? [],
    campaigns: shared?.campaigns.filter(({ id }) => named.has(id)) ?? [],
    ...outboxOf(situation),
    ...(situation.others && { others: situation.others }),
    ...(situation.erased && { erased: situation.erased }),
    storage,
  };
}

function proposalsOf({ queued, shared, connection }: Situation): View['proposals'] {
  const commands = queued.flatMap(({ command, refused }) => (refused ? [] : [command]));
  const me = shared?.members.find(({ id }) => id === connection.me);
  return overlayProposals(shared?.proposals ?? [], commands, me);
}

/** What waits for the server, and what it refused, with whom it is about. */
function outboxOf({ queued, cards, connection }: Situation): Pick<View, 'waiting' | 'outbox' | 'refused'> {
  const behind = heldBack(queued);
  const held = new Set([...behind.values()].flat());
  const added = new Map(
    queued.flatMap(({ command }) =>
      command.kind === 'contact.add' ? [[command.payload.contactId, command.payload.name]] : [],
    ),
  );
  const told = ({ command }: Queued): WaitingCommand => {
    const contactId = contactOf(command) ?? '';
    const who = cards.get(contactId)?.card.contact.name ?? added.get(contactId);
    return { command, ...(who !== undefined && { who }) };
  };
  const waiting = queued.filter((entry) => !entry.refused && !held.has(entry));
  const refused = queued.flatMap((entry): RefusedCommand[] => {
    if (!entry.refused) return [];
    const after = behind.get(entry.seq)?.map(({ command }) => command);
    return [{ ...told(entry), ...entry.refused, ...(after && { behind: after }) }];
  });
  const listed = isShut(connection) ? [] : waiting.slice(0, LISTED);
  return { waiting: waiting.length, outbox: listed.map(told), refused };
}

/** By hand first, then focus, then facts before suggestions, then by role, else as on the page. */
function inOrder(people: KnownPerson[], opened: string[]): KnownPerson[] {
  const place = ({ contactId }: KnownPerson) => {
    const index = opened.indexOf(contactId);
    return index < 0 ? opened.length : index;
  };
  return people.sort(
    (a, b) =>
      place(a) - place(b) ||
      Number(b.focus) - Number(a.focus) ||
      Number(isGuess(a)) - Number(isGuess(b)) ||
      roleOrder(a.role) - roleOrder(b.role),
  );
}

/** Somebody found by hand; `undefined` when there is nothing to show of them. */
export function handPerson(contactId: string, situation: Situation): KnownPerson | undefined {
  const facts = factsOf(contactId, situation);
  const { card } = facts;
  if (!card && !facts.unreadable) return undefined;
  return {
    contactId,
    matched: card?.contact.emails[0] ?? card?.contact.name ?? '',
    by: 'hand',
    role: 'mentioned',
    focus: true,
    others: [],
    ...facts,
  };
}

function person({ sighting, key, by, ids, guess, alternate }: Found, situation: Situation): KnownPerson {
  const [first, ...others] = ids;
  const contactId = first ?? key;
  return {
    contactId,
    ...(sighting.name !== undefined && { name: sighting.name }),
    matched: (alternate && sighting.address) || shownKey(key, sighting.name),
    by,
    ...(alternate && { alternate }),
    ...(first !== undefined && guess),
    role: sighting.role,
    focus: sighting.focus,
    others,
    ...factsOf(contactId, situation),
  };
}

type Facts = Pick<KnownPerson, 'card' | 'company' | 'cardAt' | 'unreadable' | 'waiting'>;

function factsOf(contactId: string, situation: Situation): Facts {
  const { cards, companies, unreadable, queued, connection, shared } = situation;
  const held = cards.get(contactId);
  // One from a clock that was ahead says nothing.
  const fetchedAt = held && held.fetchedAt <= situation.now ? held.fetchedAt : 0;
  const commands = queued
    .filter(({ command, refused }) => !refused && contactOf(command) === contactId)
    .map(({ command }) => command);
  const me = shared?.members.find(({ id }) => id === connection.me);
  const { card, waiting } = overlay(held?.card, commands, me);
  const company = companies.get(card?.contact.companyId ?? '');
  return {
    waiting,
    ...(card && { card }),
    ...(company && { company }),
    // The change feed vouches for every held card up to the moment the copy was last in step.
    ...(held && { cardAt: Math.max(fetchedAt, connection.inStepAt ?? 0) }),
    ...(unreadable.has(contactId) && { unreadable: true }),
  };
}

function shownKey(key: string, name: string | undefined): string {
  if (isProfile(key)) return shownProfile(key);
  const value = key.slice(key.indexOf(':') + 1);
  return key.startsWith('name:') ? (name ?? value.replace('|', ', ')) : value;
}
