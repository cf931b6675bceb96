import type { Change } from '../contract/change.ts';
import { importTagKey } from '../contract/match-key.ts';
import type { Batch } from '../replica/disk.ts';
import { writtenAbout } from '../replica/erased.ts';
import { queuedHere } from '../replica/own.ts';
import type { Replica } from '../replica/replica.ts';
import type { Api } from './api.ts';
import { refetch } from './cards.ts';
import { push } from './outbox.ts';

/** ms between two fetches of the whole set of tags. */
const TAGS_EVERY = 5000;
/** ms between two notes on disk that the copy is in step, when nothing else is written. */
const NOTE_EVERY = 30_000;
/** ms between two questions what holds for the whole team: its name, and when a copy locks. */
const SESSION_EVERY = 600_000;

export interface Round {
  replica: Replica;
  api: Api;
  now: () => number;
  /** Something that a screen may show has changed. */
  changed: () => void;
}

/**
 * Brings the copy into step. Each part is written whole, so that it may end anywhere:
 * 1. a copy that is new, or of another life of the server, starts over from the snapshots;
 * 2. what waits in the outbox is sent;
 * 3. changes are read from the copy's version on, and what they touch and we hold is fetched again; the
 *    version moves in the transaction that brings it;
 * 4. tags are fetched again when they have changed, at most every 5 s;
 * 5. it is noted that the copy is in step, which unlocks it.
 */
export async function round(run: Round): Promise<void> {
  const { replica, api, now, changed } = run;
  if (replica.meta.version === undefined || !replica.hasTags || !replica.shared) await startOver(run);
  else if (now() - (sessionAt.get(replica) ?? 0) >= SESSION_EVERY) await fetchSession(run);
  await push(replica, api, now, changed);
  await follow(run);
  if (replica.meta.tagsStale && now() - lastTags(replica) >= TAGS_EVERY) await fetchTags(run);
  await noteInStep(replica, now());
}

const sessionAt = new WeakMap<Replica, number>();

async function fetchSession({ replica, api, now, changed }: Round): Promise<void> {
  const { workspace, lockDays } = await api.session();
  sessionAt.set(replica, now());
  const { meta } = replica;
  if (workspace.name === meta.workspace && lockDays === meta.lockDays) return;
  const { lockDays: _, ...rest } = meta;
  await replica.write({
    meta: { ...rest, workspace: workspace.name, ...(lockDays !== undefined && { lockDays }) },
  });
  changed();
}

const tagsAt = new WeakMap<Replica, number>();
const lastTags = (replica: Replica) => tagsAt.get(replica) ?? Number.NEGATIVE_INFINITY;

/** What is held stays readable meanwhile, and is asked for again; only another workspace's is dropped. */
async function startOver({ replica, api, now, changed }: Round): Promise<void> {
  // The version comes first: what happens while the rest is fetched is then among the changes.
  const session = await api.session();
  sessionAt.set(replica, now());
  const { server, browserId, workspaceId, locked } = replica.meta;
  const other = workspaceId !== undefined && workspaceId !== session.workspace.id;
  const tagKey = await importTagKey(session.tagKey);
  const [tags, shared] = await Promise.all([api.tags(), api.shared()]);
  const cards = other ? {} : await refetchAll(replica, api, now);
  tagsAt.set(replica, now());
  await replica.write({
    ...cards,
    clear: other,
    shared,
    ...(tags && { tags: tags.bytes }),
    meta: {
      ...(server !== undefined && { server }),
      ...(browserId !== undefined && { browserId }),
      ...(locked && { locked }),
      ...(session.lockDays !== undefined && { lockDays: session.lockDays }),
      workspaceId: session.workspace.id,
      workspace: session.workspace.name,
      me: session.me,
      tagKey,
      version: session.version,
      tagsVersion: tags?.version ?? 0,
      ...(tags?.etag !== undefined && { tagsEtag: tags.etag }),
      inStepAt: now(),
    },
  });
  changed();
}

/** Whatever is held may have changed. */
async function refetchAll(replica: Replica, api: Api, now: () => number): Promise<Batch> {
  const held = await replica.allCards();
  const about = writtenAbout(queuedHere(replica), await replica.draftForms());
  const companyIds = held.map(({ card }) => card.contact.companyId).filter((id) => id !== undefined);
  return refetch(replica, api, [...new Set([...held.map(({ id }) => id), ...about])], now, [
    ...new Set(companyIds),
  ]);
}

async function follow(run: Round): Promise<void> {
  const { replica, api, now, changed } = run;
  for (;;) {
    const answer = await api.changes(replica.meta.version ?? 0);
    if (answer.reset) return startOver(run);
    if (answer.changes.length > 0) {
      const batch = await fetchChanged(run, answer.changes);
      const tagsStale = replica.meta.tagsStale || answer.changes.some(({ kind }) => kind === 'tags');
      const meta = { ...replica.meta, version: answer.version, tagsStale, inStepAt: now() };
      await replica.write({ ...batch, meta });
      changed();
    } else if (answer.version !== replica.meta.version) {
      await replica.write({ meta: { ...replica.meta, version: answer.version } });
    }
    if (!answer.more) return;
  }
}

async function fetchChanged({ replica, api, now }: Round, changes: Change[]): Promise<Batch> {
  const of = (kind: Change['kind']) => changes.filter((change) => change.kind === kind).map(({ id }) => id);
  const changed = of('card');
  const held = new Set(changed.length > 0 ? await replica.cardIds() : []);
  // Of somebody who was erased, a half-typed note may be here without the card.
  const about = changed.length > 0 ? writtenAbout(queuedHere(replica), await replica.draftForms()) : held;
  const wanted = changed.filter((id) => held.has(id) || about.has(id) || replica.unreadable.has(id));
  const companyIds = [...(await replica.companies(of('company'))).keys()];
  for (const companyId of companyIds) {
    // Its people's match keys hang on it.
    wanted.push(...(await replica.cardsOfCompany(companyId)).map(({ id }) => id));
  }
  const batch = await refetch(replica, api, wanted, now, companyIds);
  const sharedToo = changes.some(({ kind }) => kind === 'stage' || kind === 'member' || kind === 'campaign');
  return sharedToo ? { ...batch, shared: await api.shared() } : batch;
}

async function fetchTags({ replica, api, now, changed }: Round): Promise<void> {
  tagsAt.set(replica, now());
  const tags = await api.tags(replica.meta.tagsEtag);
  const { tagsEtag: _, ...meta } = { ...replica.meta, tagsStale: false };
  if (!tags) return replica.write({ meta: { ...replica.meta, tagsStale: false } });
  await replica.write({
    tags: tags.bytes,
    meta: { ...meta, tagsVersion: tags.version, ...(tags.etag !== undefined && { tagsEtag: tags.etag }) },
  });
  changed();
}

const notedAt = new WeakMap<Replica, number>();

async function noteInStep(replica: Replica, at: number): Promise<void> {
  const { locked, ...meta } = replica.meta;
  replica.meta = { ...meta, inStepAt: at };
  if (!locked && at - (notedAt.get(replica) ?? 0) < NOTE_EVERY) return;
  notedAt.set(replica, at);
  await replica.write({ meta: replica.meta });
}
