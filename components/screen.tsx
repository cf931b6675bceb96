import type { ComponentChildren } from 'preact';
import { t } from '../utils/i18n.ts';
import type { View } from '../utils/view.ts';
import { Header } from './panel/header.tsx';
import { toDecideOf } from './records.ts';

interface ScreenProps {
  view: View | undefined;
  /** The background does not answer. */
  silent: boolean;
  children: ComponentChildren;
}

/** What every screen has around it; before the first view, nothing but that. */
export function Screen({ view, silent, children }: ScreenProps) {
  return (
    <>
      <header>
        <Header connection={view?.connection} toDecide={view ? toDecideOf(view) : 0} />
      </header>
      {view ? children : <main>{silent && <p class="alert">{t('noBackground')}</p>}</main>}
    </>
  );
}
