import { importTagKey, tagOf } from '../contract/match-key.ts';
import type { Meta } from '../replica/disk.ts';
import type { Replica } from '../replica/replica.ts';
import { WIDTH } from '../replica/tags/tag-bytes.ts';
import { Trouble } from '../trouble.ts';
import { passed } from './passed.ts';
import type { Run } from './run.ts';
import { noteSession } from './session.ts';
import type { TagAnswer } from './tag-answer.ts';

/** ms between two questions what has changed in the set. */
const EVERY = 5000;
/** ms before a set that could not be read back is fetched once more: a disk that is broken would go on and on. */
const MEND_EVERY = 60_000;

const askedAt = new WeakMap<Replica, number>();

type Key = Required<Pick<Meta, 'tagKey' | 'tagKeyNo'>>;

/**
 * Brings the set of tags up to date: what has changed in it since, at most every 5 s, or all of it where there is
 * none, none that can be read, or one under a key that the workspace has given up. Until everything of an answer is
 * here, it goes on with the set and the key that it has.
 */
export async function fetchTags(run: Run): Promise<void> {
  const { replica, now, changed } = run;
  if (!isDue(replica, now())) return;
  askedAt.set(replica, now());
  const held = { ...replica.meta };
  let key = await keyOf(run, held.tagKeyStale === true);
  let answer = await ask(run, key, held);
  if (answer.form === 'key') {
    key = await keyOf(run, true);
    answer = await ask(run, key, held);
  }
  if (answer.form === 'whole' || answer.form === 'delta') await put(replica, key, answer);
  else throw new Trouble('offline', 'The server has no tags for its own key.');
  await replica.foldTags();
  changed();
}

function isDue(replica: Replica, now: number): boolean {
  const { tagsVersion, tagsStale, tagKeyStale } = replica.meta;
  // Never had, or of another life of the server.
  if (tagsVersion === undefined) return true;
  if (!replica.hasTags) return passed(askedAt.get(replica), now, MEND_EVERY);
  return (tagsStale === true || tagKeyStale === true) && passed(askedAt.get(replica), now, EVERY);
}

/** The key of the set that is to be had now. */
async function keyOf(run: Run, stale: boolean): Promise<Key> {
  const { tagKey, tagKeyNo } = run.replica.meta;
  if (!stale && tagKey !== undefined && tagKeyNo !== undefined) return { tagKey, tagKeyNo };
  const session = await run.api.session();
  noteSession(run);
  const fresh = await importTagKey(session.tagKey);
  // Numbers say little: in another life of the server the same one may be another key's.
  const isSame = tagKey !== undefined && (await tagOf(tagKey, '')) === (await tagOf(fresh, ''));
  return { tagKey: isSame ? tagKey : fresh, tagKeyNo: session.tagKeyNo ?? 1 };
}

/** What has changed since the set that is here, where it is of this key and can be read; otherwise all of it. */
async function ask({ replica, api, alive }: Run, { tagKey, tagKeyNo }: Key, held: Meta): Promise<TagAnswer> {
  const isSame = held.tagKeyNo === tagKeyNo && (held.tagKey ?? tagKey) === tagKey;
  const since = isSame && replica.hasSet ? held.tagsVersion : undefined;
  const answer = await asked();
  if (answer.form === 'whole' && answer.missing > 0) {
    explain(answer.missing, await api.tags(tagKeyNo, answer.version, alive));
  }
  return answer;

  async function asked(): Promise<TagAnswer> {
    try {
      const first = await api.tags(tagKeyNo, since, alive, replica.tagSink);
      return first.form === 'large' ? await api.tags(tagKeyNo, undefined, alive, replica.tagSink) : first;
    } catch (error) {
      // A disk that has no room for it: then it works from memory.
      if (!(error instanceof Trouble) || (error.code !== 'full' && error.code !== 'storage')) throw error;
      return api.tags(tagKeyNo, undefined, alive);
    }
  }
}

/**
 * Tags may come and go while a set is read. So many must have, where fewer came than were announced: what is on the
 * way may cut an answer so that it looks whole, and then some of the team's people would be strangers.
 */
function explain(missing: number, since: TagAnswer): void {
  const touched = since.form === 'delta' ? since.delta.added.length + since.delta.removed.length : 0;
  if (touched / WIDTH < missing) throw new Trouble('offline', 'The set of tags was cut off.');
}

async function put(
  replica: Replica,
  key: Key,
  answer: Extract<TagAnswer, { version: number }>,
): Promise<void> {
  const { tagKeyStale: _, ...meta } = replica.meta;
  await replica.write({
    ...(answer.form === 'whole' ? { tags: answer.pack } : { tagDelta: answer.delta }),
    meta: { ...meta, ...key, tagsVersion: answer.version, tagsStale: false },
  });
}
