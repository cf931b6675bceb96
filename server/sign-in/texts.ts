import { parseAccept } from 'hono/utils/accept';
import de from './texts/de.json' with { type: 'json' };
import en from './texts/en.json' with { type: 'json' };

export type Key = keyof typeof en;

export interface Words {
  /** BCP 47. */
  lang: string;
  dir: 'ltr' | 'rtl';
  t(key: Key, filled?: Record<string, string>): string;
}

/** One line a language, with its file beside. */
const LANGUAGES: Record<string, Record<Key, string>> = { en, de };

/** Written from right to left. */
const RTL = new Set(['ar', 'fa', 'he', 'ur']);

/** The texts in the first language that the browser asks for and we have; English otherwise. */
export function wordsFor(acceptLanguage: string | undefined): Words {
  const wanted = parseAccept(acceptLanguage ?? '').map(({ type }) => type.toLowerCase().split('-')[0] ?? '');
  const lang = wanted.find((each) => Object.hasOwn(LANGUAGES, each)) ?? 'en';
  const texts = LANGUAGES[lang] ?? en;
  return {
    lang,
    dir: RTL.has(lang) ? 'rtl' : 'ltr',
    t: (key, filled = {}) => texts[key].replace(/\{(\w+)\}/g, (_, name: string) => filled[name] ?? ''),
  };
}
