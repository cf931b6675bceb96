import type { ComponentChildren } from 'preact';
import type { Actions } from '../../utils/actions.ts';
import { t } from '../../utils/i18n.ts';
import type { KnownPerson, View } from '../../utils/view.ts';
import { Problem } from '../problem.tsx';
import { nameOf } from '../records.ts';
import type { Written } from '../sent.tsx';

/** What every form of the dock is given. */
export interface DockFormProps {
  view: View;
  person: KnownPerson;
  act: Actions;
  onDirty(dirty: boolean): void;
  onSent(written: Written): void;
  onClose(): void;
}

interface FrameProps {
  title: string;
  person: KnownPerson;
  submit: string;
  /** Not yet complete, or on its way. */
  blocked: boolean;
  problem: string | undefined;
  onSubmit(): void;
  onClose(): void;
  children: ComponentChildren;
}

/** The frame of a form: what it does and for whom, the way out. Escape closes it; what was typed is kept. */
export function DockFrame({
  title,
  person,
  submit,
  blocked,
  problem,
  onSubmit,
  onClose,
  children,
}: FrameProps) {
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!blocked) onSubmit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <h2>
        {title} <bdi class="quiet">{nameOf(person)}</bdi>
      </h2>
      {children}
      <Problem words={problem} />
      <div class="do">
        <button type="submit" class="btn primary" disabled={blocked}>
          {submit}
        </button>
        <button type="button" class="btn" onClick={onClose}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
