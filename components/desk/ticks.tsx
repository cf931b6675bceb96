import { useId } from 'preact/hooks';
import { listed } from './agreement-fields.ts';

interface TicksProps {
  label: string;
  hint?: string;
  problem?: string | undefined;
  /** What can be ticked, in order. */
  options: readonly { id: string; label: string }[];
  /** Ids of what is, with blanks between. */
  value: string;
  onInput(value: string): void;
}

/** Several that can be chosen, each with a box to tick. */
export function Ticks({ label, hint, problem, options, value, onInput }: TicksProps) {
  const says = useId();
  const ticked = new Set(listed(value));
  return (
    <fieldset class="ticks" aria-describedby={says}>
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option.id} class="tick">
          <input
            type="checkbox"
            checked={ticked.has(option.id)}
            onChange={() => onInput([...ticked.symmetricDifference(new Set([option.id]))].join(' '))}
          />
          <bdi>{option.label}</bdi>
        </label>
      ))}
      <span id={says} class={problem ? 'problem' : 'hint'}>
        {problem ?? hint}
      </span>
    </fieldset>
  );
}
