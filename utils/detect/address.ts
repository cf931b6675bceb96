import { normalAddress } from '../contract/match-key.ts';

/** An address in a text: its normal form and where it stands, `end` exclusive. */
export interface Found {
  start: number;
  end: number;
  address: string;
}

const WORD = /[\p{L}\p{N}\p{M}]/u;
/** Scripts written without spaces: an ASCII address may stand right behind them. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u;
/**
 * File names and versions look like domains: `logo@2x.png`, `spring@5.3.1.RELEASE`. No person is at a calendar's or in
 * a network without names of its own.
 */
export const NOBODYS =
  /(?:^|@)(?:v?\d+\.\d|mail\.gmail\.com$)|\.(?:png|jpe?g|gif|svg|webp|avif|hei[cf]|bmp|tiff?|ico|css|[cm]?jsx?|tsx?|json|html?|pdf|php|xml|ya?ml|txt|csv|docx?|xlsx?|mp4|woff2?|release|snapshot|final|alpha|beta|local|internal|calendar\.google\.com)$/i;
const TLD = /\.(\p{L}[\p{L}\p{M}]+|xn--[a-z0-9-]+)$/iu;
/** Most domains end like this, which is cheaper to tell. */
const PLAIN_TLD = /\.[a-z]{2,}$/;

function isWord(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (code < 128) {
    return (code > 96 && code < 123) || (code > 47 && code < 58) || (code > 64 && code < 91);
  }
  // Both halves of a surrogate pair count: letters beyond the basic plane are letters all the same.
  return code > 128 && ((code >= 0xd800 && code <= 0xdfff) || WORD.test(text[index] ?? ''));
}

/** `.` `_` `+` `-` `'` `&` join words of a local part; anything rarer ends it in running text. */
function isJoint(code: number): boolean {
  return code === 46 || code === 95 || code === 43 || code === 45 || code === 39 || code === 38;
}

function localStart(text: string, at: number): number {
  let start = at;
  const floor = Math.max(0, at - 65);
  while (start > floor && (isWord(text, start - 1) || isJoint(text.charCodeAt(start - 1)))) start--;
  const double = text.slice(start, at).lastIndexOf('..');
  if (double !== -1) start += double + 2;
  // In scripts without spaces the words before an ASCII address run into it.
  if (text.charCodeAt(at - 1) < 128 && text.charCodeAt(at + 1) < 128) {
    for (let i = at - 1; i >= start; i--) {
      if (text.charCodeAt(i) > 127 && UNSPACED.test(text[i] ?? '')) start = i + 1;
    }
  }
  while (start < at && !isWord(text, start) && text[start] !== '_') start++;
  return start;
}

function domainEnd(text: string, at: number): number {
  let end = at + 1;
  const ceiling = Math.min(text.length, at + 255);
  let ascii = text.charCodeAt(end) < 128;
  while (end < ceiling) {
    const code = text.charCodeAt(end);
    if (code === 46) ascii = text.charCodeAt(end + 1) < 128;
    else if (code !== 45 && (!isWord(text, end) || (ascii && code > 127 && UNSPACED.test(text[end] ?? ''))))
      break;
    end++;
  }
  while (end > at && (text[end - 1] === '.' || text[end - 1] === '-')) end--;
  // `ann@acme.com.Next`: a sentence that nothing sets off.
  const next = /^[^A-Z]+\.[^A-Z]+(?=\.[A-Z][a-z]+$)/.exec(text.slice(at + 1, end));
  return next ? at + 1 + next[0].length : end;
}

/** What is not seen may stand in the midst of an address: soft hyphens, blanks without width, marks of direction. */
export function withoutUnseen(text: string): string {
  return text.replace(/[\u00ad\u200b-\u200f\u202a-\u202c\u2060-\u2069\ufeff]/g, '');
}

/** Part of an URL (`ssh://git@host`, `https://x/?q=a@b.c`), masked (`a***b@host`), cut short (`ann@acme.c…`), a bounce's. */
function isPart(text: string, start: number, end: number): boolean {
  const before = text[start - 1];
  if (before === '@' || before === '%' || text[end] === '@' || text[end] === '…') return true;
  if (
    (before === '*' || before === '•' || before === '…') &&
    /[\p{L}\p{N}*•…]/u.test(text[start - 2] ?? '')
  ) {
    return true;
  }
  // `git@host:path`, but not `ann@acme.com: hello`.
  if (text[end] === ':' && /[\w/]/.test(text[end + 1] ?? ' ')) return true;
  if (before === undefined || !'/:=?&%#'.includes(before)) return false;
  const token = text.slice(Math.max(0, start - 200), start);
  // `bounces+ann=acme.com@lists.example`
  if (before === '=' && /[\p{L}\d][+-][^\s=]+=$/u.test(token.slice(-70))) return true;
  return token.lastIndexOf('://') > Math.max(token.lastIndexOf(' '), token.lastIndexOf('\n'));
}

/** A label, then maybe other ids, then the beginning of one. */
const MAIL_ID =
  /(?:message-id|in-reply-to|references)\s?:\s*(?:<[^<>\s]{1,250}>[\s,]{0,9}){0,9}<?[^\s<>@]{0,99}$/i;

/** Such an id has digits, and is long. */
export const mayBeId = (local: string): boolean => /\d/.test(local) && /[^\s<>@,;:]{10}$/.test(local);

/** Whether the text before an address makes it the id of a mail: `Message-ID: <`. */
export const isMailId = (before: string): boolean => MAIL_ID.test(before.slice(-300));

/** The address around the `@` at `at`, if there is one. */
export function addressAt(text: string, at: number): Found | undefined {
  const start = localStart(text, at);
  if (start === at) return undefined;
  const end = domainEnd(text, at);
  const domain = text.slice(at + 1, end);
  if (!PLAIN_TLD.test(domain) && !TLD.test(domain)) return undefined;
  if (NOBODYS.test(domain) || isPart(text, start, end)) return undefined;
  if (mayBeId(text.slice(Math.max(0, start - 20), at)) && isMailId(text.slice(0, start))) return undefined;
  const address = normalAddress(text.slice(start, end));
  return address === undefined ? undefined : { start, end, address };
}

/**
 * Addresses in running text, matched outwards from each `@`. Linear on any input: a match never crosses another
 * `@` and reaches at most 65 characters back and 255 ahead.
 */
export function findAddresses(text: string, from = 0, to = text.length): Found[] {
  const found: Found[] = [];
  for (let at = text.indexOf('@', from); at !== -1 && at < to; at = text.indexOf('@', at + 1)) {
    const one = addressAt(text, at);
    if (one) found.push(one);
  }
  return found;
}
