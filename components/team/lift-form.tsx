import { useState } from 'preact/hooks';
import { t } from '../../utils/i18n.ts';
import { Field } from '../field.tsx';
import { Problem } from '../problem.tsx';
import { useSend } from '../use-send.ts';

interface LiftFormProps {
  /** Resolves to whether somebody was kept out by this address or profile. */
  onLift(address: string): Promise<boolean>;
}

/** Lets somebody who was erased be added again. */
export function LiftForm({ onLift }: LiftFormProps) {
  const [address, setAddress] = useState('');
  const [lifted, setLifted] = useState<boolean>();
  const { busy, problem, send } = useSend();
  const save = async (event: Event) => {
    event.preventDefault();
    await send(async () => setLifted(await onLift(address.trim())));
  };
  return (
    <form class="form" onSubmit={save}>
      <Field
        label={t('liftAddress')}
        hint={t('liftHint')}
        value={address}
        maxLength={320}
        onInput={(value) => {
          setLifted(undefined);
          setAddress(value);
        }}
      />
      <Problem words={problem} />
      <div class="do">
        <button type="submit" class="btn" disabled={busy || address.trim() === ''}>
          {t('liftIt')}
        </button>
        <p role="status">{lifted !== undefined && t(lifted ? 'liftDone' : 'liftNobody')}</p>
      </div>
    </form>
  );
}
