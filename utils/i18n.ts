import type en from '../public/_locales/en/messages.json';

export type MessageKey = keyof typeof en;
/** Message with a form for each plural category of its first substitution: `people_one`, `people_other`. */
export type PluralKey = MessageKey extends infer K ? (K extends `${infer Base}_other` ? Base : never) : never;

/** Answers '' for a key it does not have. Substitutions stand in the text as `$1` to `$9`. */
export type Lookup = (key: string, subs: string[]) => string;

interface BrowserI18n {
  getMessage: Lookup;
  getUILanguage(): string;
}
const host = globalThis as { browser?: { i18n?: BrowserI18n }; chrome?: { i18n?: BrowserI18n } };
const native = host.browser?.i18n ?? host.chrome?.i18n;

let lookup: Lookup = (key, subs) => native?.getMessage(key, subs) ?? '';
let language: string | undefined;

/** Takes the texts from somewhere else than the browser: a page outside the extension, or a test. */
export function speak(from: Lookup, inLanguage: string): void {
  lookup = from;
  language = inLanguage;
}

/** The text of a message; the key itself when there is none, so that a gap is seen. */
export function t(key: MessageKey, ...subs: (string | number)[]): string {
  return lookup(key, subs.map(String)) || key;
}

/** The form of a message that fits `count`, which is its `$1`. */
export function plural(base: PluralKey, count: number, ...subs: (string | number)[]): string {
  const category = new Intl.PluralRules(locale()).select(count);
  const number = new Intl.NumberFormat(locale()).format(count);
  const all = [number, ...subs.map(String)];
  return lookup(`${base}_${category}`, all) || lookup(`${base}_other`, all) || base;
}

/**
 * The locale for dates and numbers: the user's own (`en-GB`) where the texts are in that language, else the
 * texts' language, so that no sentence mixes two.
 */
export function locale(): string {
  if (language === undefined) {
    const texts = t('language');
    const user = native?.getUILanguage() ?? texts;
    language = user.split('-')[0] === texts.split('-')[0] ? user : texts;
  }
  return language;
}

const MARK = /\uE000(\d)\uE001/;

/**
 * A message cut at its substitutions, for those that are elements: numbers are places in the caller's list.
 * `parts('leads', 1)` of `$1 leads here.` is `[0, ' leads here.']`.
 */
export function parts(key: MessageKey, count: number): (string | number)[] {
  const marks = Array.from({ length: count }, (_, place) => `\uE000${place}\uE001`);
  return t(key, ...marks)
    .split(MARK)
    .map((part, index) => (index % 2 === 1 ? Number(part) : part))
    .filter((part) => part !== '');
}
