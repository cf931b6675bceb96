import { useEffect, useRef, useState } from 'preact/hooks';
import type { Actions } from '../utils/actions.ts';
import { wishOf } from '../utils/commands.ts';
import type { Command } from '../utils/contract/command.ts';

export type Fields = Record<string, string>;

/** What was typed in this screen's life, by form; the device keeps a copy for when the screen is closed. */
const typed = new Map<string, Fields>();
let typist: string | undefined;

/** What was typed is for its author alone: when somebody else, or nobody, may see the screen, it is gone from it. */
export function typedBy(owner: string | undefined): void {
  if (owner !== typist) typed.clear();
  typist = owner;
}

function parse(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.fromEntries(Object.entries(value).filter((entry) => typeof entry[1] === 'string'));
  } catch {
    return undefined;
  }
}

/** Whether something is half typed there, in this screen's life. */
export const isTyped = (form: string): boolean => typed.has(form);

/** What is half typed there, in this screen's life or before. */
export async function typedIn(form: string, act: Actions): Promise<Fields> {
  return typed.get(form) ?? parse(await act.readDraft(form)) ?? {};
}

/** Puts words into a form that is not open. */
export function keepDraft(form: string, fields: Fields, act: Actions): void {
  typed.set(form, fields);
  act.saveDraft(form, JSON.stringify(fields));
}

/**
 * The fields of a form that survive another card, a closed popup and an ended browser. `form` names what the
 * form is for (`note:<contact id>`); `initial` is what it starts with when nothing was typed before.
 */
export function useDraft<F extends Fields>(form: string, initial: F, act: Actions) {
  const [fields, setFields] = useState<F>(() => ({ ...initial, ...typed.get(form) }));
  const touched = useRef(typed.has(form));
  useEffect(() => {
    if (touched.current) return;
    act.readDraft(form).then(
      (text) => {
        const kept = text ? parse(text) : undefined;
        if (kept && !touched.current) setFields((now) => ({ ...now, ...kept }));
      },
      () => undefined,
    );
  }, [form]);
  const set = (patch: Partial<F>) => {
    touched.current = true;
    const next = { ...fields, ...patch };
    setFields(next);
    keepDraft(form, next, act);
  };
  const made = useRef<Command>(undefined);
  /** The command, or one before it that says the same: that one may have been saved, and nobody heard of it. */
  const once = <C extends Command>(command: C): C => {
    if (!made.current || wishOf(made.current) !== wishOf(command)) made.current = command;
    return made.current as C;
  };
  const clear = () => {
    made.current = undefined;
    typed.delete(form);
    act.saveDraft(form, '');
  };
  return { fields, set, once, clear };
}
