import type { Contradiction } from '../utils/contract/contradiction.ts';
import { type MessageKey, t } from '../utils/i18n.ts';
import type { View } from '../utils/view.ts';
import { definitionOf } from './records.ts';

const WITH: Record<Exclude<Contradiction['with'], 'label'>, MessageKey> = {
  does: 'contradictsDoes',
  criteria: 'contradictsCriteria',
  needs: 'contradictsNeeds',
  agreement: 'contradictsAgreement',
  calendar: 'noWorkingTime',
  remind: 'remindsTooEarly',
  reasons: 'reasonsAlike',
  stages: 'stageRetired',
  types: 'typeRetired',
};

/** What cannot hold together, and with what. */
export const contradictionWords = (one: Contradiction, view: View): string =>
  one.with === 'label'
    ? t('contradictsLabel', definitionOf(view, one.definitionId)?.label ?? t('somethingGone'))
    : t(WITH[one.with]);
