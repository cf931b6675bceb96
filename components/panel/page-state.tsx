import type { Actions } from '../../utils/actions.ts';
import type { SiteView } from '../../utils/contract/recipe.ts';
import { type MessageKey, t } from '../../utils/i18n.ts';
import { hostOf } from '../../utils/server-address.ts';
import type { View } from '../../utils/view.ts';

interface PageStateProps {
  view: View;
  act: Actions;
  onLookUp(): void;
  /** The page's own address without path, where a click on the toolbar icon has shown it. */
  offer?: string | undefined;
}

/** What is said of the page when nobody on it can be shown. */
export function PageState({ view, act, onLookUp, offer }: PageStateProps) {
  const { state, host, social } = view.page;
  const asked = offer ?? host;
  if (view.connection.state === 'unset') return null;
  if (state === 'reading') return <p class="empty quiet">{t('pageReading')}</p>;
  if (state === 'closed') {
    return (
      <div class="empty">
        <h1>{t('pageClosed')}</h1>
        <p class="quiet">{asked ? t('pageClosedMore') : t('pageClosedUnnamed')}</p>
        {social && <p class="quiet">{t('siteReadsSocial', social)}</p>}
        {asked && (
          <button type="button" class="btn primary" onClick={() => act.allow(asked)}>
            {t('letRead', host ?? hostOf(asked))}
          </button>
        )}
      </div>
    );
  }
  if (state === 'missed') return <Missed page={view.page} onLookUp={onLookUp} />;
  return (
    <div class="empty">
      <h1>{state === 'blank' ? t('pageBlank') : t('pageNobody')}</h1>
      <p class="quiet">{state === 'blank' ? t('pageBlankMore') : t('pageNobodyMore')}</p>
    </div>
  );
}

const WORDS: Record<SiteView, MessageKey> = {
  message: 'missedMessage',
  list: 'missedList',
  compose: 'missedCompose',
  profile: 'missedProfile',
  posts: 'missedPosts',
  talk: 'missedTalk',
};

/** The site's recipe did not fit, here or nowhere any more; what was found without it is shown all the same. */
export function Missed({ page, onLookUp }: { page: View['page']; onLookUp(): void }) {
  const { stale, missed = 'message' } = page;
  const site = page.site ?? page.host ?? '';
  return (
    <div class="alert">
      <p>{stale ? t('siteStale', site) : t(WORDS[missed], site)}</p>
      {stale && <p>{t(stale === 'told' ? 'siteStaleTold' : 'siteStaleToTell')}</p>}
      <div class="do">
        <button type="button" class="btn" onClick={onLookUp}>
          {t('lookUpSomebody')}
        </button>
      </div>
    </div>
  );
}
