import { VERSION_HEADER } from '../contract/routes.ts';
import { TAGS_HEADERS } from '../contract/tags.ts';
import type { TagDelta } from '../replica/tags/delta.ts';
import type { Pack } from '../replica/tags/layout.ts';
import { packInto } from '../replica/tags/pack-writer.ts';
import type { TagSink } from '../replica/tags/sink.ts';
import { tagsOf, WIDTH } from '../replica/tags/tag-bytes.ts';

/** Tags of a delta that is held in memory; for more of them the whole set takes less. */
const DELTA_MOST = 200_000;
/** A set that is larger is no set of any team's. */
const MOST = 2 ** 28;

/** What the server says of its tags, read to its end. */
export type TagAnswer =
  /** As of this version. `missing`: so many tags fewer than were announced. */
  | { form: 'whole'; version: number; pack: Pack; missing: number }
  | { form: 'delta'; version: number; delta: TagDelta }
  /** A delta that was left unread. */
  | { form: 'large' }
  /** The server does not keep this key. */
  | { form: 'key' };

/** The answer broke off before its end. */
export class CutOff extends Error {}

/**
 * Reads an answer of `GET /v1/tags` as it comes; a whole set goes into a pack piece by piece and is never in memory.
 * Throws `CutOff`, what the connection or the sink throws, or a plain error where this is no such answer.
 * @param onPiece is told of each piece
 * @param makeSink is asked where a whole set is to be written
 */
export async function readTags(
  response: Response,
  onPiece: () => void,
  makeSink: () => Promise<TagSink>,
): Promise<TagAnswer> {
  if (response.status === 410) return { form: 'key' };
  const number = (name: string) => {
    const value = Number(response.headers.get(name) ?? Number.NaN);
    if (!Number.isSafeInteger(value) || value < 0) throw new Error(`[tags] no ${name}`);
    return value;
  };
  const version = number(VERSION_HEADER);
  const count = number(TAGS_HEADERS.count);
  const form = response.headers.get(TAGS_HEADERS.form);
  if (count > MOST || (form !== 'whole' && form !== 'delta')) throw new Error('[tags] no answer with tags');
  if (form === 'whole') {
    const pack = await packInto(await makeSink(), count, whole(response, count, onPiece));
    return { form, version, pack, missing: Math.max(0, count - pack.count) };
  }
  if (count > DELTA_MOST) {
    await response.body?.cancel();
    return { form: 'large' };
  }
  const bytes = await readAll(response, count * WIDTH, onPiece);
  const cut = number(TAGS_HEADERS.added) * WIDTH;
  if (cut > bytes.length) throw new Error('[tags] fewer tags than added ones');
  const delta = { added: bytes.slice(0, cut), removed: bytes.slice(cut) };
  if (!ascends(delta.added) || !ascends(delta.removed)) throw new Error('[tags] not in ascending order');
  return { form, version, delta };
}

async function* whole(response: Response, count: number, onPiece: () => void): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const piece of response.body ?? []) {
    length += piece.length;
    yield piece;
    onPiece();
  }
  // Tags may come and go while they are read, though not so many.
  if (length / WIDTH < count * 0.9 - 1000) throw new CutOff('[tags] cut off');
}

async function readAll(
  response: Response,
  length: number,
  onPiece: () => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for await (const piece of response.body ?? []) {
    if (at + piece.length > length) throw new Error('[tags] more than was said');
    bytes.set(piece, at);
    at += piece.length;
    onPiece();
  }
  if (at < length) throw new CutOff('[tags] cut off');
  return bytes;
}

function ascends(bytes: Uint8Array): boolean {
  let last = -1;
  for (const tag of tagsOf(bytes)) {
    if (tag <= last) return false;
    last = tag;
  }
  return true;
}
