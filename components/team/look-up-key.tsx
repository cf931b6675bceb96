import { useState } from 'preact/hooks';
import { t } from '../../utils/i18n.ts';
import { useReturn } from '../use-return.ts';
import type { TeamActs } from './acts.ts';
import { Confirm } from './confirm.tsx';

/** Changes the key that addresses on pages are tested with. It is seldom needed, so it says when. */
export function LookUpKey({ act }: { act: TeamActs }) {
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState(false);
  const back = useReturn(asking);
  return (
    <section>
      <h2>{t('tagKey')}</h2>
      <p class="quiet">{t('tagKeyWhat')}</p>
      {!asking && (
        <div class="do">
          <button ref={back} type="button" class="btn" onClick={() => setAsking(true)}>
            {t('tagKeyChange')}
          </button>
        </div>
      )}
      <p role="status">{done && t('tagKeyChanging')}</p>
      {asking && (
        <Confirm
          label={t('tagKeyChangeIt')}
          job={async () => {
            await act.change({ kind: 'tag-key.change' });
            setDone(true);
          }}
          onClose={() => setAsking(false)}
        >
          {t('tagKeyMore')}
        </Confirm>
      )}
    </section>
  );
}
