import { useState } from 'preact/hooks';
import type { PairedBrowser } from '../../utils/contract/team.ts';
import { t } from '../../utils/i18n.ts';
import { Text } from '../text.tsx';
import { Time } from '../time.tsx';
import { useReturn } from '../use-return.ts';
import type { TeamActs } from './acts.ts';
import { Confirm } from './confirm.tsx';

interface BrowserItemProps {
  paired: PairedBrowser;
  /** The one that shows this. */
  here: boolean;
  /** Whose it is, unless the user's own. */
  owner: string | undefined;
  act: TeamActs;
}

/** A browser that may come in. */
export function BrowserItem({ paired, here, owner, act }: BrowserItemProps) {
  const [asking, setAsking] = useState(false);
  const back = useReturn(asking);
  const { id, name, pairedAt, usedAt } = paired;
  return (
    <li>
      <div class="entry">
        <div class="hit">
          <p>
            <b dir="auto">{name}</b> {here && <span class="faint">{t('thisBrowser')}</span>}
          </p>
          {owner && (
            <p class="quiet" dir="auto">
              {owner}
            </p>
          )}
          <p class="faint">
            <Text k="pairedAt" with={[<Time key="t" at={pairedAt} />]} />
            {usedAt && (
              <>
                , <Text k="lastHere" with={[<Time key="t" at={usedAt} />]} />
              </>
            )}
          </p>
        </div>
        {!asking && (
          <button
            ref={back}
            type="button"
            class="btn"
            aria-label={t('endBrowserNamed', owner ? `${name}, ${owner}` : name)}
            onClick={() => setAsking(true)}
          >
            {t('disconnect')}
          </button>
        )}
      </div>
      {asking && (
        <Confirm
          label={t('endBrowserNamed', name)}
          job={() => act.change({ kind: 'pairing.end', id })}
          onClose={() => setAsking(false)}
        >
          {here && `${t('thisIsHere')} `}
          {t('endBrowserMore')}
        </Confirm>
      )}
    </li>
  );
}
