interface ChoiceProps {
  name: string;
  label: string;
  options: { value: string; label: string }[];
  value: string;
  onPick(value: string): void;
}

/** One of a few, side by side: radio buttons with the keys that radio buttons have. */
export function Choice({ name, label, options, value, onPick }: ChoiceProps) {
  return (
    <fieldset class="choice">
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onPick(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
