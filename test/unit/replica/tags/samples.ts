import type { Pack } from '../../../../utils/replica/tags/layout.ts';
import { PackWriter } from '../../../../utils/replica/tags/pack-writer.ts';
import { bytesOf } from '../../../../utils/replica/tags/tag-bytes.ts';
import { seeded } from '../../../series.ts';

export const ascending = (tags: Iterable<number>) => [...new Set(tags)].sort((a, b) => a - b);

/** A pack of these tags, in whatever order. */
export function packOf(tags: Iterable<number> = []): Pack {
  const sorted = ascending(tags);
  const writer = new PackWriter(sorted.length);
  writer.add(bytesOf(sorted));
  return packed(writer);
}

/** What a writer has not handed out yet, as the pack that it makes. */
export function packed(writer: PackWriter): Pack {
  const facts = writer.finish();
  const parts = writer.parts().sort((a, b) => a.at - b.at);
  return { ...facts, blob: new Blob(parts.map(({ bytes }) => bytes)) };
}

/** Tags as HMACs are: spread evenly over 48 bits. */
export function randomTags(count: number, seed: number): number[] {
  const random = seeded(seed);
  return Array.from(
    { length: count },
    () => Math.floor(random() * 2 ** 16) * 2 ** 32 + Math.floor(random() * 2 ** 32),
  );
}
