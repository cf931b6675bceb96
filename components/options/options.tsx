import { t } from '../../utils/i18n.ts';
import type { SiteState } from '../../utils/messages.ts';
import type { View } from '../../utils/view.ts';
import { Problem } from '../problem.tsx';
import { ConnectionBox } from './connection.tsx';
import type { Start } from './sign-in-form.tsx';
import { SiteList } from './site-list.tsx';

interface OptionsProps {
  view: View | undefined;
  sites: SiteState[];
  /** What went wrong outside of a form. */
  problem: string | undefined;
  /** An invitation's link that this page was opened with. */
  link: string | undefined;
  onSignIn(start: Start): Promise<unknown>;
  onStopSignIn(): void;
  onForget(): void;
  onAllow(origins: string[], site?: string): void;
  onStop(origins: string[], site?: string): void;
}

export function Options(props: OptionsProps) {
  const { view, sites, problem, link, onSignIn, onStopSignIn, onForget, onAllow, onStop } = props;
  return (
    <main class="options">
      <h1>{t('optionsTitle')}</h1>
      <Problem words={problem} />
      <section>
        <h2>{t('connection')}</h2>
        {view && (
          <ConnectionBox
            view={view}
            link={link}
            onSignIn={onSignIn}
            onStop={onStopSignIn}
            onForget={onForget}
          />
        )}
      </section>
      <section>
        <h2>{t('sites')}</h2>
        <p class="quiet">{t('sitesMore')}</p>
        <SiteList sites={sites} onAllow={onAllow} onStop={onStop} />
      </section>
      <section>
        <h2>{t('whatIsRead')}</h2>
        <ul class="plain-list">
          <li>{t('readsPeople')}</li>
          <li>{t('readsStrangers')}</li>
          <li>{t('readsNothingElse')}</li>
        </ul>
      </section>
    </main>
  );
}
