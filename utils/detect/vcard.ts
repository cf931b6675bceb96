import type { Described } from './json-ld.ts';
import { cleanName } from './name.ts';

/** The person of a card that a link holds whole: `data:text/vcard,BEGIN%3AVCARD…`. A card elsewhere is not fetched. */
export function readVcard(href: string, read: (value: string) => string | undefined): Described[] {
  let card = '';
  try {
    card = decodeURIComponent(href.slice(0, 20_000));
  } catch {
    // Cut short within a letter.
  }
  const value = (kind: string) =>
    new RegExp(`[\\n,]${kind}(?:;[^:\\n]*)?:([^;\\r\\n]+)`, 'i').exec(card)?.[1];
  const address = read(value('EMAIL') ?? '');
  const name = cleanName(value('FN') ?? '', address);
  const at = value('ORG');
  return address === undefined ? [] : [{ address, ...(name && { name }), ...(at && { at: [at] }) }];
}
