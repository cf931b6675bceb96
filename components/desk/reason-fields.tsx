import { useId, useRef, useState } from 'preact/hooks';
import { v7 } from 'uuid';
import { AGREED_MOST } from '../../utils/contract/agreement.ts';
import { t } from '../../utils/i18n.ts';
import { Field } from '../field.tsx';
import { type AgreementFields, reasonsIn } from './agreement-fields.ts';

interface ReasonFieldsProps {
  fields: AgreementFields;
  problem: string | undefined;
  onSet(patch: Partial<AgreementFields>): void;
}

/** Why a lead may be sent back. A reason whose words change stays the same one. */
export function ReasonFields({ fields, problem, onSet }: ReasonFieldsProps) {
  const says = useId();
  const add = useRef<HTMLButtonElement>(null);
  const [added, setAdded] = useState<string>();
  const reasons = reasonsIn(fields);
  const set = (next: typeof reasons) => onSet({ reasons: JSON.stringify(next) });
  const addOne = () => {
    const id = v7();
    setAdded(id);
    set([...reasons, { id, label: '' }]);
  };
  return (
    <fieldset class="ticks" aria-describedby={says}>
      <legend>{t('agreedReasons')}</legend>
      <ul class="removable">
        {reasons.map(({ id, label }, nth) => (
          <li key={id} class="with-button">
            <Field
              label={t('reasonNth', nth + 1)}
              value={label}
              maxLength={AGREED_MOST.reasonLength}
              focus={id === added}
              onInput={(words) => set(reasons.map((one) => (one.id === id ? { id, label: words } : one)))}
            />
            <button
              type="button"
              class="btn"
              aria-label={t('removeNamed', label || t('reasonNth', nth + 1))}
              onClick={() => {
                set(reasons.filter((one) => one.id !== id));
                add.current?.focus();
              }}
            >
              {t('remove')}
            </button>
          </li>
        ))}
      </ul>
      <span id={says} class={problem ? 'problem' : 'hint'}>
        {problem}
      </span>
      <div class="do">
        <button
          ref={add}
          type="button"
          class="btn"
          disabled={reasons.length >= AGREED_MOST.reasons}
          onClick={addOne}
        >
          {t('addReason')}
        </button>
      </div>
    </fieldset>
  );
}
