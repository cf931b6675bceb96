import type { Deltas } from './delta.ts';
import type { Pack } from './layout.ts';
import type { PackReader } from './pack-reader.ts';
import { packInto } from './pack-writer.ts';
import type { TagSink } from './sink.ts';
import { bytesOf, join, viewOf, WIDTH } from './tag-bytes.ts';

/**
 * A new pack of an old one and what came on top of it, in the memory of a few buckets. Throws `TagsDamaged`, or what
 * the sink throws.
 */
export function fold(reader: PackReader, deltas: Deltas, sink: TagSink): Promise<Pack> {
  return packInto(sink, reader.pack.count + deltas.size, folded(reader, deltas));
}

async function* folded(reader: PackReader, deltas: Deltas): AsyncGenerator<Uint8Array> {
  let next = 0;
  for await (const piece of reader.tags()) {
    const end = piece.length === 0 ? next : deltas.from(tagAt(piece, piece.length - WIDTH) + 1);
    yield next === end ? piece : merged(piece, deltas, next, end);
    next = end;
  }
  yield merged(new Uint8Array(), deltas, next, deltas.size);
}

/** A piece of the set with the deltas from place `next` to `end` worked in. */
function merged(piece: Uint8Array, deltas: Deltas, next: number, end: number): Uint8Array {
  const tags: number[] = [];
  let place = next;
  const takeBefore = (tag: number) => {
    for (; place < end; place += 1) {
      const [other, isIn] = deltas.at(place);
      if (other >= tag) return;
      if (isIn) tags.push(other);
    }
  };
  for (let at = 0; at < piece.length; at += WIDTH) {
    const tag = tagAt(piece, at);
    takeBefore(tag);
    if (deltas.get(tag) ?? true) tags.push(tag);
    if (place < end && deltas.at(place)[0] === tag) place += 1;
  }
  takeBefore(Number.POSITIVE_INFINITY);
  return bytesOf(tags);
}

function tagAt(bytes: Uint8Array, at: number): number {
  const view = viewOf(bytes);
  return join(view.getUint16(at), view.getUint32(at + 2));
}
