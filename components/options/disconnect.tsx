import { useState } from 'preact/hooks';
import { plural, t } from '../../utils/i18n.ts';
import { useReturn } from '../use-return.ts';
import { useWayOut } from '../use-way-out.ts';

interface DisconnectProps {
  /** How much would be lost. */
  waiting: number;
  onForget(): void;
}

/** Signs out. What waits to be sent would go with it: then it is asked first. */
export function Disconnect({ waiting, onForget }: DisconnectProps) {
  const [asking, ask] = useState(false);
  const opener = useReturn(asking);
  if (asking && waiting > 0) {
    return <Question waiting={waiting} onForget={onForget} onClose={() => ask(false)} />;
  }
  return (
    <p>
      <button ref={opener} type="button" class="btn" onClick={() => (waiting > 0 ? ask(true) : onForget())}>
        {t('disconnect')}
      </button>{' '}
      <span class="hint">{t('disconnectHint')}</span>
    </p>
  );
}

function Question({ waiting, onForget, onClose }: DisconnectProps & { onClose(): void }) {
  const out = useWayOut();
  return (
    <div class="alert stop" role="alert">
      <p>{plural('disconnectLoses', waiting)}</p>
      <div class="do">
        <button type="button" class="btn" onClick={onForget}>
          {t('disconnectAnyway')}
        </button>
        <button ref={out} type="button" class="btn" onClick={onClose}>
          {t('cancel')}
        </button>
      </div>
    </div>
  );
}
