import type { Actions } from '../../utils/actions.ts';
import { t } from '../../utils/i18n.ts';
import type { KnownPerson, View } from '../../utils/view.ts';
import { Icon } from '../icon.tsx';
import { Outbox } from '../panel/outbox.tsx';
import { mayWrite } from '../records.ts';
import { Sent, type Written } from '../sent.tsx';
import { isStuck } from '../stuck.ts';
import { useReturn } from '../use-return.ts';
import { NoteForm } from './note-form.tsx';
import { TaskForm } from './task-form.tsx';
import { TouchForm } from './touch-form.tsx';

export type DockForm = 'touch' | 'note' | 'task';

interface DockProps {
  view: View;
  /** Whom the forms are about. */
  person: KnownPerson | undefined;
  form: DockForm | undefined;
  sent: Written | undefined;
  act: Actions;
  onForm(form: DockForm | undefined): void;
  onDirty(dirty: boolean): void;
  onSent(written: Written): void;
  onLookUp(): void;
}

/** What one can do about the person shown, always in reach. */
export function Dock(props: DockProps) {
  const { view, person, form, sent, onForm, onDirty, onSent, onLookUp } = props;
  const toTouch = useReturn(form === 'touch');
  const toNote = useReturn(form === 'note');
  const toTask = useReturn(form === 'task');
  const may = mayWrite(view);
  if (person && form && may) {
    const about = {
      ...{ view, person, act: props.act, onDirty },
      onSent(written: Written) {
        onDirty(false);
        onSent(written);
        onForm(undefined);
      },
      onClose() {
        onDirty(false);
        onForm(undefined);
      },
    };
    return (
      <section class="dock open" aria-label={t('actions')}>
        {form === 'touch' && <TouchForm key={person.contactId} {...about} />}
        {form === 'note' && <NoteForm key={person.contactId} {...about} />}
        {form === 'task' && <TaskForm key={person.contactId} {...about} />}
      </section>
    );
  }
  return (
    <section class="dock" aria-label={t('actions')}>
      <Sent view={view} written={sent} />
      {isStuck(view) && <Outbox view={view} />}
      {!may && <p class="quiet">{t('viewerOnly')}</p>}
      <div class="buttons">
        {person && may && (
          <>
            <button ref={toTouch} type="button" class="btn primary" onClick={() => onForm('touch')}>
              {t('logTouch')}
            </button>
            <button ref={toNote} type="button" class="btn" onClick={() => onForm('note')}>
              {t('pinNote')}
            </button>
            <button ref={toTask} type="button" class="btn" onClick={() => onForm('task')}>
              {t('task')}
            </button>
          </>
        )}
        <button
          type="button"
          class={person && may ? 'btn square' : 'btn'}
          aria-label={t('lookUpSomebody')}
          title={t('lookUpSomebody')}
          onClick={onLookUp}
        >
          <Icon name="search" />
          {!(person && may) && t('lookUpSomebody')}
        </button>
      </div>
    </section>
  );
}
