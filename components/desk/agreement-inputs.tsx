import { AGREED_RANGE } from '../../utils/contract/agreement.ts';
import { type MessageKey, t } from '../../utils/i18n.ts';
import type { View } from '../../utils/view.ts';
import { Field } from '../field.tsx';
import { NEEDS, needLabel } from '../needs.ts';
import { definitionsOf } from '../records.ts';
import { type AgreementFields, listed } from './agreement-fields.ts';
import { HolidayFields } from './holiday-fields.tsx';
import type { AgreementProblems } from './read-agreement.ts';
import { ReasonFields } from './reason-fields.tsx';
import { Ticks } from './ticks.tsx';
import { WeekFields } from './week-fields.tsx';

interface AgreementInputsProps {
  view: View;
  fields: AgreementFields;
  problems: AgreementProblems;
  onSet(patch: Partial<AgreementFields>): void;
}

const inHours = (name: keyof typeof AGREED_RANGE) => t('inWorkingHours', ...AGREED_RANGE[name]);

/** All that an agreement says, each with what is wrong with it beside it. */
export function AgreementInputs({ view, fields, problems, onSet }: AgreementInputsProps) {
  const line = (name: keyof typeof AGREED_RANGE, label: MessageKey, hint?: string) => (
    <Field
      label={t(label)}
      type="whole"
      value={fields[name] ?? ''}
      hint={hint}
      problem={problems[name]}
      onInput={(words) => onSet({ [name]: words })}
    />
  );
  const ticks = (name: 'stageIds' | 'leadTypeIds', kind: 'stage' | 'lead', label: MessageKey) => (
    <Ticks
      label={t(label)}
      hint={t('stagesHint')}
      problem={problems[name]}
      options={optionsOf(view, kind, fields[name])}
      value={fields[name]}
      onInput={(ids) => onSet({ [name]: ids })}
    />
  );
  return (
    <>
      {line('hours', 'agreedHours', inHours('hours'))}
      <label>
        {t('agreedZone')}
        <select value={fields.zone} onChange={(event) => onSet({ zone: event.currentTarget.value })}>
          {zones(fields.zone).map((zone) => (
            <option key={zone} value={zone}>
              {zone}
            </option>
          ))}
        </select>
        <span class="hint">{t('zoneHint')}</span>
      </label>
      <WeekFields fields={fields} problems={problems} onSet={onSet} />
      <HolidayFields fields={fields} onSet={onSet} />
      {ticks('stageIds', 'stage', 'agreedStages')}
      {ticks('leadTypeIds', 'lead', 'agreedTypes')}
      <Ticks
        label={t('agreedNeeds')}
        options={NEEDS.map((need) => ({ id: need, label: needLabel(need) }))}
        value={fields.needs}
        onInput={(needs) => onSet({ needs })}
      />
      {line('remindHours', 'agreedRemind', t('remindHint'))}
      <ReasonFields fields={fields} problem={problems.reasons} onSet={onSet} />
      {line('perDay', 'agreedPerDay')}
      {line('quietDays', 'agreedQuiet', t('quietHint'))}
      <fieldset class="ticks">
        <legend>{t('marketingPromises')}</legend>
        {line('leads', 'agreedLeads', t('ifPromised'))}
        {line('fit', 'agreedFit', t('ifPromised'))}
        {line('answerHours', 'agreedAnswer', t('ifPromised'))}
      </fieldset>
    </>
  );
}

/** Those that can be chosen, and those that are named though they no longer can. */
const optionsOf = (view: View, kind: 'stage' | 'lead', value: string) =>
  definitionsOf(view, kind)
    .filter(({ id, retired }) => !retired || listed(value).includes(id))
    .map(({ id, label, retired }) => ({ id, label: retired ? t('retiredLabel', label) : label }));

/** Some browsers leave out UTC; and what is agreed on stays in the list. */
const zones = (chosen: string): string[] =>
  [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', chosen])].sort();
