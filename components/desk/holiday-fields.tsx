import { useRef } from 'preact/hooks';
import { AGREED_MOST } from '../../utils/contract/agreement.ts';
import { fullDay } from '../../utils/format.ts';
import { t } from '../../utils/i18n.ts';
import { Field } from '../field.tsx';
import { type AgreementFields, listed } from './agreement-fields.ts';

interface HolidayFieldsProps {
  fields: AgreementFields;
  onSet(patch: Partial<AgreementFields>): void;
}

/** Days on which nobody works, added one by one. */
export function HolidayFields({ fields: { holidays, holiday }, onSet }: HolidayFieldsProps) {
  const add = useRef<HTMLButtonElement>(null);
  const days = listed(holidays);
  const ready = /^\d{4}-\d\d-\d\d$/.test(holiday) && days.length < AGREED_MOST.holidays;
  const remove = (day: string) => {
    onSet({ holidays: days.filter((one) => one !== day).join(' ') });
    add.current?.focus();
  };
  return (
    <fieldset class="ticks">
      <legend>{t('agreedHolidays')}</legend>
      {days.length === 0 && <p class="hint">{t('noHolidays')}</p>}
      <ul class="removable">
        {days.map((day) => (
          <li key={day} class="with-button">
            <span>{fullDay(day)}</span>
            <button
              type="button"
              class="btn"
              aria-label={t('removeNamed', fullDay(day))}
              onClick={() => remove(day)}
            >
              {t('remove')}
            </button>
          </li>
        ))}
      </ul>
      <Field label={t('newHoliday')} type="date" value={holiday} onInput={(day) => onSet({ holiday: day })} />
      <div class="do">
        <button
          ref={add}
          type="button"
          class="btn"
          aria-disabled={!ready}
          onClick={() =>
            ready && onSet({ holidays: [...new Set([...days, holiday])].sort().join(' '), holiday: '' })
          }
        >
          {t('addHoliday')}
        </button>
      </div>
    </fieldset>
  );
}
