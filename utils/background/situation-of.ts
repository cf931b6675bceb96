import type { SignIn } from '../auth/sign-in.ts';
import { emailKeys } from '../contract/alternate.ts';
import { contactOf } from '../contract/command.ts';
import type { Sighting } from '../detect/types.ts';
import type { Queued } from '../replica/disk.ts';
import { keysOf } from '../replica/keys.ts';
import { overlay } from '../replica/overlay.ts';
import { ownQueued } from '../replica/own.ts';
import type { Replica } from '../replica/replica.ts';
import type { Sync } from '../sync/sync.ts';
import type { Stranger } from '../view.ts';
import type { Asking } from './asking.ts';
import type { Denials } from './denials.ts';
import { alternateKeys, domainKeys, domainsAt, nameKeys } from './guesses.ts';
import type { PageStates } from './page-states.ts';
import type { Pages } from './pages.ts';
import { type Found, findPeople, guessesIn } from './people.ts';
import { LISTED, type Situation } from './view-of.ts';

export interface Parts {
  replica: Replica;
  sync: Sync;
  pages: Pages;
  asking: Asking;
  pageStates: PageStates;
  denials: Pick<Denials, 'load' | 'among'>;
  signIn: Pick<SignIn, 'state'>;
  /** The server that this browser's administrator has set. */
  preset: () => Promise<string | undefined>;
}

/** Of a copy that is locked nothing is shown but how much waits to be sent. */
const NOTHING: Omit<Situation, 'now' | 'tested' | 'connection' | 'page' | 'storage' | 'queued'> = {
  found: [],
  strangers: [],
  opened: [],
  cards: new Map(),
  companies: new Map(),
  unreadable: new Map(),
  shared: undefined,
};

/** What of them a situation is made of. */
type Read = Omit<Parts, 'pages' | 'pageStates'> & {
  pages: Pick<Pages, 'load' | 'of'>;
  pageStates: Pick<PageStates, 'of'>;
};

/** Everything that a tab's view is made of, from the local copy; and the keys to ask the server for. */
export async function situationOf(
  { replica, sync, pages, asking, pageStates, denials, signIn, preset }: Read,
  tabId: number | undefined,
): Promise<{ situation: Situation; ask: string[] }> {
  await Promise.all([replica.load(), pages.load(), denials.load()]);
  const set = await preset();
  const here = {
    now: Date.now(),
    tested: replica.hasTags,
    connection: sync.connection,
    ...(signIn.state && { signingIn: signIn.state }),
    ...(set !== undefined && { preset: set }),
    page: await pageStates.of(tabId),
    storage: replica.storage,
    others: replica.queued.length - ownQueued(replica).length,
  };
  if (sync.locked) {
    const queued = ownQueued(replica).filter(({ refused }) => !refused);
    return { situation: { ...NOTHING, ...here, queued }, ask: [] };
  }
  const tab = tabId === undefined ? undefined : pages.of(tabId);
  const sightings = tab?.sightings ?? [];
  const queued = ownQueued(replica);

  const { added, denied } = waitingKeys(queued);

  const own = new Set((replica.shared?.members ?? []).flatMap(({ email }) => emailKeys(email ?? '')));
  const known = await knownOf(sightings, own, replica);
  const ids = await replica.idsByKeys([...known]);
  for (const [contactId, under] of replica.unreadable) {
    for (const key of under) if (known.has(key) && !ids.has(key)) ids.set(key, [contactId]);
  }
  const ask = [...known];
  for (const [key, contactIds] of added) {
    if (contactIds.size === 0) continue;
    known.add(key);
    ids.set(key, [...new Set([...(ids.get(key) ?? []), ...contactIds])]);
  }
  for (const [key, contactIds] of denied) {
    const left = ids.get(key)?.filter((id) => !contactIds.has(id)) ?? [];
    if (left.length > 0) ids.set(key, left);
    else if (ids.delete(key)) known.delete(key);
  }

  const opened = tab?.opened ?? [];
  // Whom something waits for is named, whoever the page is about.
  const written = queued.slice(0, LISTED).flatMap(({ command }) => contactOf(command) ?? []);
  const cards = await replica.cards([...new Set([...[...ids.values()].flat(), ...opened, ...written])]);
  const companyIds = [...cards.values()].map(({ card }) => card.contact.companyId);
  const host = URL.parse(tab?.frames.get(0)?.url ?? '')?.hostname;
  const keys = { known, ids, answered: (key: string) => asking.answered(key), host };
  const { found, strangers } = findPeople(sightings, {
    ...keys,
    nameOf: (id) => cards.get(id)?.card.contact.name,
    addressesOf: (id) => cards.get(id)?.card.contact.emails,
    denied: await denials.among(guessesIn(sightings, keys)),
    own,
  });
  return {
    ask: keysToAsk(ask, found),
    situation: {
      ...here,
      found,
      strangers: await withCompanies(strangers, known, replica),
      opened,
      cards,
      companies: await replica.companies([...new Set(companyIds.filter((id) => id !== undefined))]),
      unreadable: replica.unreadable,
      shared: replica.shared,
      queued,
      ...(replica.erased.size > 0 && { erased: [...replica.erased] }),
    },
  };
}

/** Contacts by match key. */
type KeysOf = Map<string, Set<string>>;

/** Keys that what waits gives to contacts or takes from them: known here before anybody else knows it. */
function waitingKeys(queued: Queued[]): { added: KeysOf; denied: KeysOf } {
  const added: KeysOf = new Map();
  const denied: KeysOf = new Map();
  const put = (into: KeysOf, from: KeysOf, key: string, contactId: string) => {
    from.get(key)?.delete(contactId);
    into.set(key, (into.get(key) ?? new Set()).add(contactId));
  };
  for (const { command, refused } of queued) {
    if (refused) continue;
    if (command.kind === 'contact.add') {
      const { contactId } = command.payload;
      const { card } = overlay(undefined, [command], undefined);
      for (const key of card ? keysOf(card, undefined) : []) put(added, denied, key, contactId);
    } else if (command.kind === 'contact.identify') {
      const { contactId, key, theirs } = command.payload;
      if (theirs) put(added, denied, key, contactId);
      else put(denied, added, key, contactId);
    }
  }
  return { added, denied };
}

/** So many of those who are not known by address or profile are looked for by name and company, the first. */
const GUESSED = 300;

/** Keys of the page whose tags are in the set: addresses and profiles, then of who is left names and companies. */
async function knownOf(
  sightings: Sighting[],
  own: ReadonlySet<string>,
  replica: Replica,
): Promise<Set<string>> {
  const keys = (sighting: Sighting) => [...sighting.keys, ...alternateKeys(sighting)];
  const known = await replica.known([
    ...new Set(sightings.flatMap((one) => [...keys(one), ...(one.claims ?? [])])),
  ]);
  const ours = new Set([...own].map((key) => key.slice(key.lastIndexOf('@') + 1)));
  const left = sightings.filter((each) => !keys(each).some((key) => known.has(key) || own.has(key)));
  const guesses = left.slice(0, GUESSED).flatMap((each) => {
    const colleague = domainsAt(each).some((domain) => ours.has(domain));
    return [...nameKeys(each), ...(colleague ? [] : domainKeys(each))];
  });
  return known.union(await replica.known([...new Set(guesses)]));
}

/** Strangers with the company whose domain their address has, where the team knows it. */
async function withCompanies(
  strangers: Stranger[],
  known: ReadonlySet<string>,
  replica: Replica,
): Promise<Stranger[]> {
  const domains = [...known]
    .filter((key) => key.startsWith('domain:'))
    .map((key) => key.slice('domain:'.length));
  if (domains.length === 0) return strangers;
  const companies = await replica.companiesAt(domains);
  return strangers.map((stranger) => {
    const at = (stranger.profile === undefined ? domainsAt(stranger) : []).find((domain) =>
      companies.has(domain),
    );
    const company = companies.get(at ?? '');
    return company ? { ...stranger, company: { id: company.id, name: company.name } } : stranger;
  });
}

/** The person in focus first, should it be more than one request. */
function keysToAsk(known: string[], found: Found[]): string[] {
  const focus = found.filter(({ sighting }) => sighting.focus).map(({ key }) => key);
  return [...new Set([...focus.filter((key) => known.includes(key)), ...known])];
}
