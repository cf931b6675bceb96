import { pinNote } from '../../utils/commands.ts';
import { t } from '../../utils/i18n.ts';
import { NOTE_MAX } from '../limits.ts';
import { usePageLink } from '../page-link.tsx';
import { useDraft } from '../use-draft.ts';
import { useFocus } from '../use-focus.ts';
import { useSend } from '../use-send.ts';
import { type DockFormProps, DockFrame } from './dock-form.tsx';

/** A note for whoever deals with this person next. */
export function NoteForm({ view, person, act, onDirty, onSent, onClose }: DockFormProps) {
  const form = `note:${person.contactId}`;
  const { fields, set, once, clear } = useDraft(form, { text: '' }, act);
  const { busy, problem, send } = useSend();
  const field = useFocus<HTMLTextAreaElement>();
  const text = fields.text.trim();
  const { kept, box } = usePageLink(view.page);
  const save = async () => {
    const { host } = view.page;
    const from = { ...(host && { site: host }), ...(kept && { link: kept }) };
    const command = once(pinNote({ contactId: person.contactId, text, ...from }));
    if (!(await send(() => act.write(command, form)))) return;
    clear();
    onSent({ contactId: person.contactId, recordId: command.payload.noteId });
  };
  return (
    <DockFrame
      {...{ person, problem, onClose }}
      title={t('pinNoteFor')}
      submit={t('pinNote')}
      blocked={busy || text === ''}
      onSubmit={save}
    >
      <textarea
        ref={field}
        aria-label={t('note')}
        dir="auto"
        rows={4}
        maxLength={NOTE_MAX}
        placeholder={t('noteHint')}
        value={fields.text}
        onInput={(event) => {
          set({ text: event.currentTarget.value });
          onDirty(true);
        }}
      />
      {box}
    </DockFrame>
  );
}
