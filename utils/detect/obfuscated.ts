import { normalAddress } from '../contract/match-key.ts';
import { type Found, findAddresses, NOBODYS, withoutUnseen } from './address.ts';

/** Characters that are rare in prose: this alone costs next to nothing, with an alternative it would not. */
const RARE = /[([{<_＠]/;

const AT_WORDS = 'at|ät|@|собака|arroba|arobase?|chiocciola|zavináč|małpa|snabel-?a';
const DOT_WORDS = 'd[o0]t|точка|punto|punkt|point|ponto|kropka|tečka';
const MARK = new RegExp(
  `[([{<_ ](?:${AT_WORDS})[)\\]}>_]|\\w\\(a\\)\\w|[)\\]}>_ ]d[o0]t[([{<_ ]|[([{<_](?:${DOT_WORDS})[)\\]}>_]|＠|<[^\\s<>]+ at \\w`,
  'i',
);

/** Whether a text may spell an address out. The first, cheap test keeps most prose from the second. */
export function spells(text: string): boolean {
  return (RARE.test(text) || text.includes('dot ') || text.includes('DOT ')) && MARK.test(text);
}

/** An at-sign in brackets: `[at]`, ` (AT) `, `_at_`, `(собака)`. */
const AT = new RegExp(`\\s?[([{<_]\\s?(?:${AT_WORDS})\\s?[)\\]}>_]\\s?|(?<=\\w)\\(a\\)(?=\\w)`, 'gi');
/** Without a spelled-out dot beside it, `look_at_this.now` is code. */
const AT_ALONE = new RegExp(AT.source.replaceAll('_', ''), 'gi');
const DOT = new RegExp(`\\s?[([{<_]\\s?(?:${DOT_WORDS})\\s?[)\\]}>_]\\s?`, 'gi');
/** Bare words, only as a whole: `user at example dot com`; one word, so that prose stays prose. */
const WORDS =
  /(?<![\w.@-])([a-z0-9][\w+-]{0,40}(?: dot [\w+-]{1,40}){0,2}) at ([a-z0-9][a-z0-9-]{0,40}(?: dot [a-z0-9-]{1,40}){0,2} dot [a-z]{2,12})(?![\w-])/gi;
/** As list archives write them: `<user at example.com>`. */
const ARCHIVED = /<([\w.+-]{1,64}) at ((?:[\w-]{1,63}\.){1,5}[a-z]{2,})>/gi;
/** What is left once brackets are undone. */
const PLAIN =
  /(?<![\w.+@-])[\w+-]{1,40}(?:\.[\w+-]{1,40}){0,4}@[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,5}(?![\w@])/gi;
const LIMIT = 2000;
/** Addresses spelled to hide from robots: `max [at] firma [dot] de`, `user at example dot com`, `user＠example.com`. */
export function findObfuscated(input: string): Found[] {
  const text = input.slice(0, LIMIT);
  const found: Found[] = [];
  const add = (start: number, raw: string) => {
    const address = NOBODYS.test(raw) ? undefined : normalAddress(raw);
    if (address !== undefined) found.push({ start, end: start + raw.length, address });
  };
  // Letters and signs of double width, as they are typed in East Asia.
  if (text.includes('＠')) return findAddresses(text.normalize('NFKC'));
  if (text.search(AT) !== -1) {
    const undone = text.replace(DOT, '.').replace(text.search(DOT) === -1 ? AT_ALONE : AT, '\uFFFC@');
    for (const match of undone.matchAll(/\uFFFC@/g)) {
      // Only around an at-sign that was spelled out: plain ones have been read already.
      const from = Math.max(0, match.index - 120);
      const part = undone.slice(from, match.index + 200).replaceAll('\uFFFC', '');
      for (const one of part.matchAll(PLAIN)) {
        if (one.index <= match.index - from && one.index + one[0].length > match.index - from)
          add(from + one.index, one[0]);
      }
    }
  }
  for (const match of text.matchAll(WORDS)) {
    add(match.index, `${match[1]}@${match[2]}`.replace(/ dot /gi, '.'));
  }
  for (const match of text.matchAll(ARCHIVED)) {
    add(match.index + 1, `${match[1]}@${match[2]}`);
  }
  return found;
}

/** Text that the page shows from right to left and has written so that this reads well: as it reads, else undefined. */
export function backwards(text: string, element: Element): string | undefined {
  if (!text.includes('\u202e')) {
    if (!/(?:^|[\s:])\p{L}{2,}\.[\w.-]*@/u.test(text)) return undefined;
    const style = element.ownerDocument.defaultView?.getComputedStyle(element);
    if (style?.direction !== 'rtl' || !style.unicodeBidi.includes('override')) return undefined;
  }
  return [...withoutUnseen(text.replaceAll('\u202e', ''))].reverse().join('');
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
