import { normalAddress } from '../../utils/contract/match-key.ts';
import type { Key } from './texts.ts';

/** What a person wrote about themselves. */
export interface Told {
  name?: string | undefined;
  /** Normal form. */
  email?: string | undefined;
  wrong: Key[];
}

const NAME_MAX = 100;

/** Reads what the page asked for, and just that. */
export function readTold(form: FormData, ask: { name?: boolean; email?: boolean }): Told {
  const name = ask.name ? clean(form.get('name')) : undefined;
  const email = ask.email ? normalAddress(clean(form.get('email')) ?? '') : undefined;
  return {
    name,
    email,
    wrong: [
      ...(ask.name && (name === undefined || name.length > NAME_MAX) ? ['nameWrong' as const] : []),
      ...(ask.email && email === undefined ? ['emailWrong' as const] : []),
    ],
  };
}

/** One line of text; undefined when there is none. */
export function clean(value: FormDataEntryValue | null): string | undefined {
  if (typeof value !== 'string') return undefined;
  return (
    value
      .toWellFormed()
      .replace(/[\p{Cc}\s]+/gu, ' ')
      .trim() || undefined
  );
}
