import { isNamedAfter } from './named-after.ts';

/** Controls, marks of direction, soft hyphens, lone halves of letters, icons, and the pictures people put in names. */
const UNSEEN = /[\p{C}\p{Extended_Pictographic}\p{EMod}\p{RI}]|\ufe0f/gu;
const PRONOUNS = /\s*[([]?(?<!\p{L})(?:she|he|they|ze|xe|sie|er|elle|il)(?:\/\p{L}+){1,3}[)\]]?/giu;
/** What mail servers put in front of a name. */
const EXTERNAL = /^[[(]ext(?:ern(?:al)?)?[\])]:?\s*/i;
/** Degrees and the like, behind a comma that belongs to the name. */
const SUFFIX = /^(?:ph\.?d|m\.?d|m\.?b\.?a|[mb]\.?sc|m\.?a|[js]r|i{2,3}|iv|esq|cpa|pmp|ll\.?m|rn|dds)\.?,?$/i;
/** Words that say what a link does or a mailbox is for, never who somebody is. */
const NO_NAME =
  /^(?:e-?mails?|mails?|contacts?|send|write|us|me|our|your|support|sales|help|info|click|here|messages?|get|touch|reply|team|office|address|adresse|to|from|cc|bcc|tel|phone|kontakt|courriel|correo|am|pm|on|at|mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|hi|hey|hello|hallo|dear|cheers|regards|thanks|best|wrote|the|and|or|please|via|view|profile|linkedin|see|more|show|gmbh|inc|ltd|llc|department|service|customer|press|marketing|media|billing|ceo|cto|cfo|manager|director|details|subject|date|re|fwd?|home|about|copy|edit|delete|message|questions?|von|an|de|à|para|van|aan|de)$/i;
const PARTICLE =
  /^(?:van|von|vom|der|den|de|da|di|do|du|das|del|della|dos|la|le|el|al|bin|bint|ibn|ben|abu|ter|ten|op|y|e|af|av|zu|zum|zur|['’]t)$/;
/** A capital, maybe behind a quote or what is written together with it: `al-Rashid`, `d'Angelo`. */
const CAPITAL = /^["'“„‘«»‹]?(?:\p{L}{1,4}[-'’])?\p{Lu}/u;
const CASELESS = /[\p{Lo}]/u;

/** A name as it may be shown: without quotes, brackets and pronouns; undefined when it is none, or the address. */
export function cleanName(raw: string, address?: string): string | undefined {
  let name = tidy(raw.slice(0, 300));
  if (name.includes('<')) name = name.replace(/\s*<[^<>]*@[^<>]*>?$/, '').trim();
  name = name
    .replace(EXTERNAL, '')
    .replace(/^(["'“„«»‘‚‹›])(.*)["'”“»«’‘›‹]$/, '$2')
    // A lone quote is what the name stands in, with something else.
    .replace(/^([^"“”„«»]*)["“”„«»]([^"“”„«»]*)$/, '$1$2')
    .replace(/ [|·•] .*$/, '')
    .replace(PRONOUNS, '')
    .replace(/[:,;<(]+$/, '')
    .trim();
  if (name.length > 80 || name.includes('@') || !/\p{L}/u.test(name)) return undefined;
  if (/[<>]|^(?:javascript|data|https?):/i.test(name)) return undefined;
  return name.toLowerCase() === address ? undefined : name;
}

/** In one line, without what is not seen. */
export function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').replace(UNSEEN, '').replace(/ {2,}/g, ' ').trim();
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

export function isNameWord(word: string): boolean {
  if (PARTICLE.test(word.toLowerCase())) return true;
  if (NO_NAME.test(word.replace(/[.,]$/, '')) || /\d/.test(word)) return false;
  return CAPITAL.test(word) || CASELESS.test(word);
}

/** Whether a text of a link or a heading is a person's name, not "Contact us": two to five words, or one that is the address's. */
export function isPersonName(text: string, address = ''): boolean {
  const words = text.split(/[\s,]+/).filter(Boolean);
  if (words.length > 6 || text.length > 60 || !words.every(isNameWord)) return false;
  // A full stop behind a longer word ends a sentence; behind a short one it is a title's or an initial's.
  if (/\p{L}{5}\.\s|[!?:;/|<>[\]{}]/u.test(text)) return false;
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
  const text = tidy(before.slice(-100));
  const bracket = text.at(-1);
  if (bracket !== '<' && bracket !== '(' && bracket !== '[') return undefined;
  const rest = text.slice(0, -1).replace(PRONOUNS, '').trimEnd();
  const via = /[^\s,;:<>"][^,;:<>"]{0,60} via [\w.'-]{1,40}$/i.exec(rest)?.[0];
  if (via !== undefined) return via;
  const quoted = /["“„«»‹]([^"“”„«»‹›]{1,80})["”“»«›]$/.exec(rest)?.[1];
  if (quoted !== undefined) return cleanName(quoted, address);
  const name = lastWords(rest.split(' '), address);
  const joined = name.join(' ');
  if (name.length === 0 || (name.length === 1 && PARTICLE.test(joined))) return undefined;
  if (bracket !== '<' && name.length === 1 && !isPersonName(joined, address)) return undefined;
  return cleanName(joined, address);
}

/** What sets a name off from somebody else's, or a company's: `Ann from Acme <`, `Ann Lee | Acme <`. */
const BESIDE = /^(?:[|•·–—&+/-]|from|of|at|with|bei|aus|chez)$/i;
const TITLE = /^(?:dr|prof|ing|mag)\.?$/i;

/** The words of a name at the end of a text; none rather than half of them. */
function lastWords(words: string[], address: string): string[] {
  const name: string[] = [];
  let turned = false;
  const isTheirs = (...all: string[]) => isNamedAfter(address, all.join(' '));
  for (let raw = words.pop(); raw !== undefined && name.length < 6; raw = words.pop()) {
    // A bracket, or a quote that is still open, begins with the name.
    const word = raw.replace(/^[[({]+(?=["“„«»‹]?\p{Lu})/u, '');
    if (turned && !PARTICLE.test(word)) break;
    if (word.endsWith(',') && name.length > 0 && isNameWord(word)) {
      // `Lee, Ann`, where only both make up the address; else the comma sets off somebody else.
      const degree = name.every((one) => SUFFIX.test(one));
      const [first = ''] = name;
      const given = name.length === 1 || (name.length === 2 && TITLE.test(first));
      const both = isTheirs(...words.slice(-3), word, ...name);
      turned = !degree && both && (!isTheirs(...name) || (given && name.length > 1));
      if (!turned && given && !degree && !isPersonName(name.at(-1) ?? '', address)) return [];
      if (!turned && !degree) break;
    } else if (
      // Punctuation behind a word ends the sentence or the list entry before the name; initials and titles go on.
      /[,;:!?…>)\]|•–—]$/.test(word) ||
      (/\p{Ll}{4}\.$/u.test(word) && !/^prof/i.test(word)) ||
      !(isNameWord(word) || SUFFIX.test(word))
    ) {
      const other = BESIDE.test(word) && isNameWord(words.at(-1) ?? '');
      const whole = name.length > 1 || isPersonName(name[0] ?? '', address);
      if (other && !(whole && isTheirs(...name))) return [];
      break;
    }
    name.unshift(word);
    if (word !== raw || /^["“„«»‹].*[^"”“»«›]$/.test(word)) break;
  }
  while (name.length > 1 && /^(?:de|e|y|al|le|la|el)$/.test(name[0] ?? '')) name.shift();
  return name;
}
