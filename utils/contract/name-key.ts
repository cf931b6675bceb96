import { normalDomain } from './match-key.ts';

/** Longer names are none. */
const MOST = 200;

/** Accents and what else may be left out: Latin, Greek and Cyrillic marks, Hebrew points, Arabic vowel signs. */
const MARKS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g;
/** Dropped, before and after: `´` would fall into a blank and a mark, `ŉ` into one of them and a letter. */
const APOSTROPHES = /['’‘ʼ`´]/g;
/** Letters that no normal form takes apart. */
const LETTERS: Record<string, string> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd' },
  ...{ þ: 'th', ł: 'l', ħ: 'h', ı: 'i' },
};

/** Case and accents folded away. Marks that are letters (Indic vowels, the dots of kana) stay. */
function fold(text: string): string {
  return text
    .slice(0, MOST)
    .replace(APOSTROPHES, '')
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(APOSTROPHES, '')
    .replace(/[ßæœøđðþłħı]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFC')
    .slice(0, MOST);
}

const wordsOf = (text: string): string[] => text.split(/[^\p{L}\p{N}\p{M}]+/u).filter((word) => word !== '');

/** Forms of address and degrees. `jr`, `sr`, `ii` tell people apart and stay. */
const TITLES = new Set(
  'dr prof professor mr mrs ms miss herr frau mme sir dipl phd mba msc bsc mag'.split(' '),
);
const UNSPACED = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}ー]+$/u;
const INITIAL = /^\p{Ll}$/u;

/** Words of a name in one order, whichever comes first; undefined for what is too little to know anybody by. */
function person(name: string): string | undefined {
  const bare = wordsOf(fold(name).replace(/\([^)]*\)|\[[^\]]*\]/g, ' ')).filter((word) => !TITLES.has(word));
  const long = bare.filter((word) => !INITIAL.test(word));
  const words = long.length > 1 ? long : bare;
  if (words.length > 0 && words.every((word) => UNSPACED.test(word))) {
    const whole = words.join('');
    return whole.length > 1 ? whole : undefined;
  }
  return words.length > 1 && long.length > 0 ? words.sort().join(' ') : undefined;
}

/** Legal forms as they end a company's name, without dots. */
const LEGAL = new Set(
  [
    'inc incorporated llc llp lp ltd limited corp corporation co company plc pty pte pvt',
    'gmbh ag kg kgaa ug ev eg se sa sas sarl srl spa sl lda ltda bv nv',
    'ab as asa aps oy oyj kft zrt doo sro sp zoo ooo зао пао ооо',
  ].flatMap((line) => line.split(' ')),
);
const LEGAL_UNSPACED =
  /株式会社|有限会社|合同会社|股份有限公司|有限责任公司|有限公司|주식회사|유한회사|\([株有주]\)/g;

/** Without its legal form and `the`: `The Acme-Logistics GmbH & Co. KG` → `acme logistics`. */
function company(name: string): string {
  const words: string[] = [];
  let letters = '';
  // `S.p.A.` and `A.B.C.` are one word each.
  for (const word of [...wordsOf(fold(name).replace(LEGAL_UNSPACED, ' ')), '']) {
    if (INITIAL.test(word)) letters += word;
    else {
      if (letters !== '') words.push(letters);
      letters = '';
      if (word !== '' && word !== 'and' && word !== 'und') words.push(word);
    }
  }
  while (words.length > 1 && LEGAL.has(words.at(-1) ?? '')) words.pop();
  while (words.length > 1 && /^(?:the|ооо|зао|пао)$/.test(words[0] ?? '')) words.shift();
  return words.join(' ');
}

/**
 * A suggestion, never a fact: `name:ann lee|acme.com`, `name:ann lee|acme logistics`.
 * @param at the company's domain or its name
 */
export function nameKey(name: string, at: string): string | undefined {
  const who = person(name);
  if (who === undefined) return undefined;
  const where = normalDomain(at) ?? company(at);
  return where === '' ? undefined : `name:${who}|${where}`;
}
