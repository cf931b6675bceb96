import { useEffect, useState } from 'preact/hooks';
import { t } from '../utils/i18n.ts';
import type { View } from '../utils/view.ts';
import { isStuck } from './stuck.ts';

/** In step, what waits is gone before one has read it, and would only have moved the card, ms. */
const SOON = 1000;

/** Marks what is saved here and not yet shared. */
export function Waiting({ view }: { view: View }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), SOON);
    return () => clearTimeout(timer);
  }, []);
  return (late || isStuck(view)) && <span class="waiting">{t('waitingToBeSent')}</span>;
}
