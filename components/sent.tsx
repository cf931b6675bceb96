import { useRef } from 'preact/hooks';
import { t } from '../utils/i18n.ts';
import type { View } from '../utils/view.ts';

/** Something just written: the record it makes, on whose card. */
export interface Written {
  contactId: string;
  recordId: string;
}

/** Whether a record has reached the server: it is on the card and no longer waits. */
export function isShared(view: View, written: Written): boolean {
  const person = view.people.find((one) => one.contactId === written.contactId);
  if (!person?.card || person.waiting.includes(written.recordId)) return false;
  const { notes, touches, tasks } = person.card;
  return [...notes, ...touches, ...tasks].some((record) => record.id === written.recordId);
}

/** Says what became of it, and says it again when that changes. */
export function Sent({ view, written }: { view: View; written: Written | undefined }) {
  // A task that is ticked off later leaves the card, and is shared all the same.
  const shared = useRef<string>(undefined);
  if (written && isShared(view, written)) shared.current = written.recordId;
  const refused = view.refused.some(({ command }) =>
    Object.values(command.payload).includes(written?.recordId ?? ''),
  );
  const done = written !== undefined && shared.current === written.recordId;
  return (
    <p class="sent" role="status">
      {written && !refused && (done ? t('sharedWithTeam') : t('savedHere'))}
    </p>
  );
}
