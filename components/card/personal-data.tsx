import { useState } from 'preact/hooks';
import type { Actions } from '../../utils/actions.ts';
import type { EraseReason } from '../../utils/contract/privacy.ts';
import { type MessageKey, t } from '../../utils/i18n.ts';
import type { KnownPerson, View } from '../../utils/view.ts';
import { Choice } from '../choice.tsx';
import { Problem } from '../problem.tsx';
import { memberOf, nameOf } from '../records.ts';
import { Text } from '../text.tsx';
import { useReturn } from '../use-return.ts';
import { useSend } from '../use-send.ts';
import { useWayOut } from '../use-way-out.ts';

interface PersonalDataProps {
  view: View;
  person: KnownPerson;
  act: Actions;
}

const REASONS: Record<EraseReason, MessageKey> = {
  asked: 'eraseAsked',
  wrong: 'eraseWrong',
  other: 'eraseOther',
};
const EVERY = ['asked', 'wrong', 'other'] as const;

/** What a person may ask of us: a copy of all we hold, or that it goes. For leads and admins. */
export function PersonalData({ view, person, act }: PersonalDataProps) {
  const [erasing, setErasing] = useState(false);
  const opener = useReturn(erasing);
  const { busy, problem, send } = useSend();
  const role = memberOf(view, view.connection.me)?.role;
  if (role !== 'lead' && role !== 'admin') return null;
  return (
    <section>
      <h2>{t('personalData')}</h2>
      {erasing ? (
        <Erase person={person} act={act} onClose={() => setErasing(false)} />
      ) : (
        <div class="do">
          <button
            type="button"
            class="btn"
            disabled={busy}
            onClick={() => send(() => act.export(person.contactId))}
          >
            {t('exportAll')}
          </button>
          <button ref={opener} type="button" class="btn" onClick={() => setErasing(true)}>
            {t('eraseThem')}
          </button>
        </div>
      )}
      <Problem words={problem} />
    </section>
  );
}

function Erase({ person, act, onClose }: { person: KnownPerson; act: Actions; onClose(): void }) {
  const [reason, setReason] = useState<EraseReason>('asked');
  const way = useWayOut();
  const { busy, problem, send } = useSend();
  return (
    <div class="alert stop">
      <p>
        <strong>
          <Text k="eraseWho" with={[<bdi key="n">{nameOf(person)}</bdi>]} />
        </strong>{' '}
        {t('eraseWhat')}
      </p>
      <p>{t('eraseStays')}</p>
      <Choice
        name="erase-reason"
        label={t('eraseWhy')}
        options={EVERY.map((value) => ({ value, label: t(REASONS[value]) }))}
        value={reason}
        onPick={(value) => setReason(EVERY.find((one) => one === value) ?? 'other')}
      />
      <Problem words={problem} />
      <div class="do">
        <button
          type="button"
          class="btn"
          disabled={busy}
          onClick={() => send(() => act.erase(person.contactId, reason))}
        >
          {t('eraseForGood')}
        </button>
        <button ref={way} type="button" class="btn" onClick={onClose}>
          {t('cancel')}
        </button>
      </div>
    </div>
  );
}
