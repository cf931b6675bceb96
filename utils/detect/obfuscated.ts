import { normalAddress } from '../contract/match-key.ts';
import type { Found } from './address.ts';

/** Characters that are rare in prose: this alone costs next to nothing, with an alternative it would not. */
const RARE = /[([{<_]/;

const MARK = /[([{<_ ](?:at|собака|arroba)[)\]}>_]|[)\]}>_ ]d[o0]t[([{<_ ]|[([{<_](?:d[o0]t|точка)/i;

/** Whether a text may spell an address out. The first, cheap test keeps most prose from the second. */
export function spells(text: string): boolean {
  return (RARE.test(text) || text.includes('dot ') || text.includes('DOT ')) && MARK.test(text);
}

/** An at-sign in brackets: `[at]`, ` (AT) `, `_at_`, `(собака)`. */
const AT = /\s?[([{<_]\s?(?:at|собака|arroba)\s?[)\]}>_]\s?/gi;
/** Without a spelled-out dot beside it, `look_at_this.now` is code. */
const AT_ALONE = /\s?[([{<]\s?(?:at|собака|arroba)\s?[)\]}>]\s?/gi;
const DOT = /\s?[([{<_]\s?(?:d[o0]t|точка|punto|punkt)\s?[)\]}>_]\s?/gi;
/** Bare words, only as a whole: `user at example dot com`; one word, so that prose stays prose. */
const WORDS =
  /(?<![\w.@-])([a-z0-9][\w+-]{0,40}) at ([a-z0-9][a-z0-9-]{0,40}(?: dot [a-z0-9-]{1,40}){0,2} dot [a-z]{2,12})(?![\w-])/gi;
/** What is left once brackets are undone. */
const PLAIN =
  /(?<![\w.+@-])[\w+-]{1,40}(?:\.[\w+-]{1,40}){0,4}@[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,5}(?![\w@])/gi;
const LIMIT = 2000;

/** Addresses spelled to hide from robots: `max [at] firma [dot] de`, `user at example dot com`. */
export function findObfuscated(input: string): Found[] {
  const text = input.slice(0, LIMIT);
  const found: Found[] = [];
  const add = (start: number, raw: string) => {
    const address = normalAddress(raw);
    if (address !== undefined) found.push({ start, end: start + raw.length, address });
  };
  if (text.search(AT) !== -1) {
    const undone = text.replace(DOT, '.').replace(text.search(DOT) === -1 ? AT_ALONE : AT, '\uFFFC@');
    for (const match of undone.matchAll(/\uFFFC@/g)) {
      // Only around an at-sign that was spelled out: plain ones have been read already.
      const from = Math.max(0, match.index - 120);
      const part = undone.slice(from, match.index + 200).replaceAll('\uFFFC', '');
      for (const one of part.matchAll(PLAIN)) {
        if (one.index <= match.index - from && one.index + one[0].length > match.index - from)
          add(one.index, one[0]);
      }
    }
  }
  for (const match of text.matchAll(WORDS)) {
    add(match.index, `${match[1]}@${(match[2] ?? '').replace(/ dot /gi, '.')}`);
  }
  return found;
}

/** Cloudflare's e-mail obfuscation: hex, each byte XORed with the first. */
export function decodeCloudflare(hex: string): string | undefined {
  if (!/^(?:[0-9a-f]{2}){4,320}$/i.test(hex)) return undefined;
  const byte = (index: number) => Number.parseInt(hex.slice(index, index + 2), 16);
  const key = byte(0);
  const bytes = new Uint8Array(hex.length / 2 - 1);
  for (let i = 0; i < bytes.length; i++) bytes[i] = byte(2 * i + 2) ^ key;
  return normalAddress(new TextDecoder().decode(bytes));
}
