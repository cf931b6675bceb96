import { useEffect, useId, useRef } from 'preact/hooks';

interface FieldProps {
  label: string;
  value: string;
  type?: 'text' | 'email' | 'url' | 'date' | 'datetime-local' | 'time' | 'password' | 'whole';
  required?: boolean;
  hint?: string | undefined;
  /** What is wrong with what was typed. */
  problem?: string | undefined;
  max?: string;
  maxLength?: number;
  /** Takes the cursor when the form opens. */
  focus?: boolean;
  onInput(value: string): void;
}

/** A labelled line of a form. */
export function Field(props: FieldProps) {
  const { label, type = 'text', hint, problem, onInput, maxLength = 200, focus, ...rest } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focus) input.current?.focus();
  }, []);
  const says = problem ?? hint;
  return (
    <label>
      {label}
      <input
        {...rest}
        ref={input}
        // Addresses are checked by us: browsers refuse those in other scripts. The cast: the types tell kinds
        // of input apart by attributes that none of these has.
        type={(type === 'email' || type === 'whole' ? 'text' : type) as 'text'}
        inputMode={type === 'whole' ? 'numeric' : type === 'email' || type === 'url' ? type : undefined}
        maxLength={type === 'url' ? 2000 : maxLength}
        dir="auto"
        autocomplete="off"
        spellcheck={type === 'text'}
        aria-invalid={problem !== undefined}
        aria-describedby={says ? id : undefined}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <span id={id} class={problem ? 'problem' : 'hint'}>
        {says}
      </span>
    </label>
  );
}
