import type { Ref } from 'preact';
import type { DefinitionKind } from '../../utils/contract/definition.ts';
import { type MessageKey, t } from '../../utils/i18n.ts';
import type { View } from '../../utils/view.ts';
import { choosableOf } from '../records.ts';

interface DefinitionChoiceProps {
  view: View;
  kind: DefinitionKind;
  /** What the contact has; empty: none. */
  seen: string;
  value: string;
  /** Takes the cursor when the form opens. */
  first?: Ref<HTMLSelectElement>;
  onPick(id: string): void;
}

const LABELS: Record<DefinitionKind, [label: MessageKey, none: MessageKey]> = {
  stage: ['stage', 'noStage'],
  lead: ['leadType', 'noType'],
  sale: ['saleType', 'noType'],
};

/** One of a kind, in the agreed order. A stage once given can only be changed; where there is no type to choose, nothing. */
export function DefinitionChoice({ view, kind, seen, value, first, onPick }: DefinitionChoiceProps) {
  const all = choosableOf(view, kind, seen);
  const [label, none] = LABELS[kind];
  if (kind !== 'stage' && all.length === 0) return null;
  return (
    <label>
      {t(label)}
      <select
        {...(first && { ref: first })}
        value={value}
        onChange={(event) => onPick(event.currentTarget.value)}
      >
        {!(kind === 'stage' && seen) && <option value="">{t(none)}</option>}
        {all.map((one) => (
          <option key={one.id} value={one.id}>
            {one.retired ? t('retiredLabel', one.label) : one.label}
          </option>
        ))}
      </select>
    </label>
  );
}
