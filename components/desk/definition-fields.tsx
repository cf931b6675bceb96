import type { Definition, DefinitionKind } from '../../utils/contract/definition.ts';
import { t } from '../../utils/i18n.ts';
import type { View } from '../../utils/view.ts';
import { Area } from '../area.tsx';
import { Field } from '../field.tsx';
import { NEEDS, needLabel } from '../needs.ts';
import { definitionsOf } from '../records.ts';
import { TEAM_LABELS } from '../team.tsx';
import { type DraftFields, needsIn, TEAMS } from './draft-fields.ts';

interface DefinitionFieldsProps {
  view: View;
  kind: DefinitionKind;
  definition: Definition | undefined;
  fields: DraftFields;
  onSet(patch: Partial<DraftFields>): void;
}

const WORDS = 600;
const CRITERIA = 400;

/** All that a definition says. */
export function DefinitionFields({ view, kind, definition, fields, onSet }: DefinitionFieldsProps) {
  const needs = needsIn(fields);
  const places = definitionsOf(view, kind).length + (definition ? 0 : 1);
  const area = (name: 'salesDoes' | 'salesDoesNot' | 'marketingDoes' | 'marketingDoesNot') => (
    <Area
      label={t(name)}
      value={fields[name]}
      maxLength={WORDS}
      onInput={(text) => onSet({ [name]: text })}
    />
  );
  return (
    <>
      <Field
        label={t('definitionLabel')}
        value={fields.label}
        maxLength={60}
        required
        focus
        onInput={(label) => onSet({ label })}
      />
      <label>
        {t('whoLeads')}
        <select value={fields.team} onChange={(event) => onSet({ team: event.currentTarget.value })}>
          {TEAMS.map((team) => (
            <option key={team} value={team}>
              {t(TEAM_LABELS[team])}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('place')}
        <select
          value={fields.order || String(definition?.order ?? '')}
          onChange={(event) => onSet({ order: event.currentTarget.value })}
        >
          {!definition && <option value="">{t('placeLast')}</option>}
          {Array.from({ length: places }, (_, index) => String(index + 1)).map((place) => (
            <option key={place} value={place}>
              {place}
            </option>
          ))}
        </select>
      </label>
      <Area
        label={t('meaning')}
        value={fields.definition}
        maxLength={WORDS}
        onInput={(text) => onSet({ definition: text })}
      />
      {area('salesDoes')}
      {area('salesDoesNot')}
      {area('marketingDoes')}
      {area('marketingDoesNot')}
      <Field
        label={t('entryWhen')}
        value={fields.entry}
        maxLength={CRITERIA}
        onInput={(entry) => onSet({ entry })}
      />
      <Field
        label={t('exitWhen')}
        value={fields.exit}
        maxLength={CRITERIA}
        onInput={(exit) => onSet({ exit })}
      />
      <fieldset class="ticks">
        <legend>{t('needsOf')}</legend>
        {NEEDS.map((field) => (
          <label key={field} class="tick">
            <input
              type="checkbox"
              checked={needs.includes(field)}
              onChange={() =>
                onSet({ needs: [...new Set(needs).symmetricDifference(new Set([field]))].join(' ') })
              }
            />
            {needLabel(field)}
          </label>
        ))}
      </fieldset>
      {definition && (
        <label class="tick">
          <input
            type="checkbox"
            checked={fields.retired !== ''}
            onChange={(event) => onSet({ retired: event.currentTarget.checked ? 'yes' : '' })}
          />
          {t('retireIt')}
        </label>
      )}
    </>
  );
}
