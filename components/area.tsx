import { useId } from 'preact/hooks';

interface AreaProps {
  label: string;
  value: string;
  hint?: string;
  maxLength: number;
  onInput(value: string): void;
}

/** Several labelled lines of a form. */
export function Area({ label, value, hint, maxLength, onInput }: AreaProps) {
  const id = useId();
  return (
    <label>
      {label}
      <textarea
        value={value}
        maxLength={maxLength}
        dir="auto"
        aria-describedby={hint ? id : undefined}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <span id={id} class="hint">
        {hint}
      </span>
    </label>
  );
}
