import { useId } from 'preact/hooks';
import { weekday } from '../../utils/format.ts';
import { t } from '../../utils/i18n.ts';
import { Field } from '../field.tsx';
import { type AgreementFields, DAYS, type DayName, spansIn, spansText } from './agreement-fields.ts';
import type { AgreementProblems } from './read-agreement.ts';

interface WeekFieldsProps {
  fields: AgreementFields;
  problems: AgreementProblems;
  onSet(patch: Partial<AgreementFields>): void;
}

/** A day and its lunch break; one that has more already keeps them. */
const SPANS = 2;

/** When the team works, day by day. */
export function WeekFields({ fields, problems, onSet }: WeekFieldsProps) {
  return (
    <fieldset class="ticks week">
      <legend>{t('agreedWeek')}</legend>
      {DAYS.map((name, nth) => (
        <WeekDay
          key={name}
          day={weekday(nth, 'long')}
          value={fields[name]}
          problem={problems[name]}
          onInput={(value) => onSet({ [name satisfies DayName]: value })}
        />
      ))}
      <p class="problem">{problems.week}</p>
    </fieldset>
  );
}

interface WeekDayProps {
  day: string;
  value: string;
  problem: string | undefined;
  onInput(value: string): void;
}

function WeekDay({ day, value, problem, onInput }: WeekDayProps) {
  const says = useId();
  const spans = spansIn(value);
  const set = (nth: number, patch: { from?: string; to?: string }) =>
    onInput(spansText(spans.map((span) => (span.nth === nth ? { ...span, ...patch } : span))));
  const last = spans.at(-1)?.to ?? '';
  return (
    <fieldset class="day" aria-describedby={says}>
      <legend>{day}</legend>
      {spans.map(({ nth, from, to }) => (
        <div key={nth} class="span">
          <Field label={t('from')} type="time" value={from} onInput={(time) => set(nth, { from: time })} />
          <Field label={t('to')} type="time" value={to} onInput={(time) => set(nth, { to: time })} />
        </div>
      ))}
      <span id={says} class={problem ? 'problem' : 'hint'}>
        {problem ?? (spans.length === 0 ? t('dayOff') : '')}
      </span>
      <div class="do">
        <button
          type="button"
          class="btn"
          aria-label={t('addHoursOn', day)}
          disabled={spans.length >= SPANS}
          onClick={() =>
            onInput(spansText([...spans, spans.length === 0 ? NINE_TO_FIVE : { from: last, to: '' }]))
          }
        >
          {t('addHours')}
        </button>
        <button
          type="button"
          class="btn"
          aria-label={t('removeHours', day)}
          disabled={spans.length === 0}
          onClick={() => onInput(spansText(spans.slice(0, -1)))}
        >
          {t('remove')}
        </button>
      </div>
    </fieldset>
  );
}

const NINE_TO_FIVE = { from: '09:00', to: '17:00' };
