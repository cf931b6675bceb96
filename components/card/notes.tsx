import type { Actions } from '../../utils/actions.ts';
import type { Note } from '../../utils/contract/note.ts';
import { t } from '../../utils/i18n.ts';
import type { KnownPerson, View } from '../../utils/view.ts';
import { NoteItem } from './note-item.tsx';

interface NotesProps {
  view: View;
  person: KnownPerson;
  /** Pinned first, then newest first. */
  notes: Note[];
  act: Actions;
  onDirty(dirty: boolean): void;
}

export function Notes({ view, person, notes, act, onDirty }: NotesProps) {
  return (
    <section>
      <h2>{t('notes')}</h2>
      {notes.length === 0 && <p class="quiet">{t('noNote')}</p>}
      <ul class="items">
        {notes.map((note) => (
          <NoteItem
            key={note.id}
            view={view}
            contactId={person.contactId}
            note={note}
            waiting={person.waiting.includes(note.id)}
            act={act}
            onDirty={onDirty}
          />
        ))}
      </ul>
    </section>
  );
}
