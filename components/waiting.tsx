import { t } from '../utils/i18n.ts';

/** Marks what is saved here and not yet shared. */
export function Waiting() {
  return <span class="waiting">{t('waitingToBeSent')}</span>;
}
