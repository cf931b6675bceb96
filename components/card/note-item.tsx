import { useRef, useState } from 'preact/hooks';
import type { Actions } from '../../utils/actions.ts';
import { editNote } from '../../utils/commands.ts';
import type { Note } from '../../utils/contract/note.ts';
import { t } from '../../utils/i18n.ts';
import type { View } from '../../utils/view.ts';
import { NOTE_MAX } from '../limits.ts';
import { Link } from '../link.tsx';
import { Problem } from '../problem.tsx';
import { mayWrite, memberOf } from '../records.ts';
import { Time } from '../time.tsx';
import { isTyped, useDraft } from '../use-draft.ts';
import { useFocus } from '../use-focus.ts';
import { useReturn } from '../use-return.ts';
import { useSend } from '../use-send.ts';
import { Waiting } from '../waiting.tsx';

interface NoteItemProps {
  view: View;
  contactId: string;
  note: Note;
  waiting: boolean;
  act: Actions;
  onDirty(dirty: boolean): void;
}

export const noteDraft = (contactId: string, noteId: string): string => `edit:${contactId}:${noteId}`;

/** A note; everyone may pin it, its author may edit it. */
export function NoteItem({ view, contactId, note, waiting, act, onDirty }: NoteItemProps) {
  const [editing, edit] = useState(() => isTyped(noteDraft(contactId, note.id)));
  const opener = useReturn(editing);
  const { busy, problem, send } = useSend();
  const author = memberOf(view, note.authorId);
  const may = mayWrite(view);
  const mine = note.authorId === view.connection.me;
  const pin = () =>
    send(() => act.write(editNote(note.revision, { noteId: note.id, contactId, pinned: !note.pinned })));
  const close = () => {
    onDirty(false);
    edit(false);
  };
  return (
    <li class={note.pinned ? 'note pinned' : 'note'}>
      {editing && may ? (
        <NoteEditor note={note} contactId={contactId} act={act} onDirty={onDirty} onClose={close} />
      ) : (
        <p class="typed" dir="auto">
          {note.text}
        </p>
      )}
      <div class="foot">
        <span>
          {note.pinned && <span class="mark">{t('pinned')} </span>}
          <bdi>{author?.name ?? t('somebody')}</bdi>, <Time at={note.at} as="past" />
          {(note.site || note.link) && ', '}
          <Link to={note.link}>{note.site ? t('fromSite', note.site) : note.link && t('fromPage')}</Link>
          {note.editedAt && `, ${t('edited')}`}
          {note.besideId && `, ${t('keptBeside')}`} {waiting && <Waiting view={view} />}
        </span>
        <span class="acts">
          {may && (
            <button type="button" class="plain" disabled={busy} onClick={pin}>
              {note.pinned ? t('unpin') : t('pin')}
            </button>
          )}
          {may && mine && !editing && (
            <button ref={opener} type="button" class="plain" onClick={() => edit(true)}>
              {t('edit')}
            </button>
          )}
        </span>
      </div>
      <Problem words={problem} />
    </li>
  );
}

interface NoteEditorProps {
  note: Note;
  contactId: string;
  act: Actions;
  onDirty(dirty: boolean): void;
  onClose(): void;
}

function NoteEditor({ note, contactId, act, onDirty, onClose }: NoteEditorProps) {
  const seen = useRef(note).current;
  const { fields, set, clear } = useDraft(noteDraft(contactId, seen.id), { text: seen.text }, act);
  const text = fields.text;
  const { busy, problem, send } = useSend();
  const field = useFocus<HTMLTextAreaElement>();
  const close = () => {
    clear();
    onClose();
  };
  const save = async (event: Event) => {
    event.preventDefault();
    const command = editNote(seen.revision, { noteId: seen.id, contactId, text: text.trim() });
    if (text.trim() === seen.text || (await send(() => act.write(command)))) close();
  };
  return (
    <form class="form" onSubmit={save}>
      <textarea
        ref={field}
        aria-label={t('note')}
        dir="auto"
        rows={4}
        required
        maxLength={NOTE_MAX}
        value={text}
        onInput={(event) => {
          set({ text: event.currentTarget.value });
          onDirty(true);
        }}
      />
      <Problem words={problem} />
      <div class="do">
        <button type="submit" class="btn primary" disabled={busy || text.trim() === ''}>
          {t('save')}
        </button>
        <button type="button" class="btn" onClick={close}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
