const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const PRONOUNS = /\s*[([](?:she|he|they|ze|xe|sie|er|elle|il)(?:\/\p{L}+){1,2}[)\]]$/iu;
/** Words that say what a link does or a mailbox is for, never who somebody is. */
const NO_NAME =
  /^(?:e-?mails?|mails?|contacts?|send|write|us|me|our|your|support|sales|help|info|click|here|messages?|get|touch|reply|team|office|address|adresse|to|from|cc|bcc|tel|phone|kontakt|courriel|correo|am|pm|on|at|mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|hi|hello|dear|cheers|regards|thanks|best|wrote|the|and|or|please|via|view|profile|linkedin|see|more|show|details|subject|date|re|fwd?|home|about|copy|edit|delete|message|questions?|von|an|de|à|para|van|aan|de)$/i;
const PARTICLE =
  /^(?:van|von|der|den|de|da|di|du|del|della|dos|la|le|el|al|bin|ibn|ben|ter|ten|y|e|af|av|zu)$/;
const CASELESS = /[\p{Lo}]/u;

/** A name as it may be shown: without quotes, brackets and pronouns; undefined when it is none, or the address. */
export function cleanName(raw: string, address?: string): string | undefined {
  let name = raw.slice(0, 300).replace(INVISIBLE, '').replace(/\s+/g, ' ').trim();
  if (name.includes('<')) name = name.replace(/\s*<[^<>]*@[^<>]*>?$/, '').trim();
  name = name
    .replace(/^(["'“„«])(.*)["'”“»]$/, '$2')
    .replace(/[:,;<(]+$/, '')
    .replace(PRONOUNS, '')
    .trim();
  if (name === '' || name.length > 80 || name.includes('@') || !/\p{L}/u.test(name)) return undefined;
  return name.toLowerCase() === address ? undefined : name;
}

/** Running text, long and not ending in a bracket or a colon: most addresses follow some. */
export function isProse(before: string): boolean {
  return before.length > PROSE_MIN && endsProse(before.slice(-6));
}

export const PROSE_MIN = 40;

/** Whether the last characters of a text lead on, rather than set something off. */
export function endsProse(end: string): boolean {
  return /[^<([:："\s]\s*$/.test(end);
}

/** "Ann Lee via dev-list": sent through a list, whose address is not hers. */
export function isViaList(name: string): boolean {
  return /\S\s+via\s+\S/i.test(name);
}

function isNameWord(word: string): boolean {
  if (PARTICLE.test(word)) return true;
  if (NO_NAME.test(word) || /\d/.test(word)) return false;
  return /^["'“„]?\p{Lu}/u.test(word) || CASELESS.test(word);
}

/** Whether a text of a link or a heading is a person's name, not "Contact us": two to five words, or one that is the address's. */
export function isPersonName(text: string, address = ''): boolean {
  const words = text.split(/[\s,]+/).filter(Boolean);
  if (words.length > 5 || text.length > 60 || !words.every(isNameWord)) return false;
  if (/[.!?:;/|<>[\]{}]\s|[!?:;/|<>[\]{}]/.test(text)) return false;
  return (
    words.length > 1 ||
    CASELESS.test(text) ||
    ((words[0] ?? '').length > 1 && startsAs(address, words[0] ?? ''))
  );
}

function startsAs(address: string, word: string): boolean {
  return address.startsWith(word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase());
}

/** The name in front of an address in brackets: `Ann Lee <`, `"Doe, John" <`, `Carol (`. Undefined without a bracket. */
export function nameBefore(before: string, address: string): string | undefined {
  // Asked of every address, and seldom so: nothing is made of the text before a bracket is seen.
  if (!/[<([]\s*$/.test(before.slice(-4))) return undefined;
  const text = before.slice(-100).replace(INVISIBLE, '').replace(/\s+/g, ' ').trimEnd();
  const bracket = text.at(-1);
  if (bracket !== '<' && bracket !== '(' && bracket !== '[') return undefined;
  const rest = text.slice(0, -1).trimEnd().replace(PRONOUNS, '');
  const via = /[^\s,;:<>"][^,;:<>"]{0,60} via [\w.'-]{1,40}$/i.exec(rest)?.[0];
  if (via !== undefined) return via;
  const quoted = /["“„]([^"“”„]{1,80})["”“]$/.exec(rest)?.[1];
  if (quoted !== undefined) return cleanName(quoted, address);
  const words = rest.split(' ');
  const name: string[] = [];
  for (let word = words.pop(); word !== undefined && name.length < 5; word = words.pop()) {
    // Punctuation behind a word ends the sentence or the list entry before the name; initials go on.
    if (/[,;:!?…>)\]|•–—]$/.test(word) || (/\.$/.test(word) && word.length > 4) || !isNameWord(word)) break;
    name.unshift(word);
  }
  while (
    name[0] !== undefined &&
    PARTICLE.test(name[0]) &&
    name.length > 1 &&
    /^(?:de|e|y|al|le|la|el)$/.test(name[0])
  ) {
    name.shift();
  }
  const joined = name.join(' ');
  if (name.length === 0 || (name.length === 1 && PARTICLE.test(joined))) return undefined;
  if (bracket !== '<' && name.length === 1 && !isPersonName(joined, address)) return undefined;
  return cleanName(joined, address);
}
