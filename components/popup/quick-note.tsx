import { useState } from 'preact/hooks';
import type { Actions } from '../../utils/actions.ts';
import { pinNote } from '../../utils/commands.ts';
import { t } from '../../utils/i18n.ts';
import type { KnownPerson, View } from '../../utils/view.ts';
import { NOTE_MAX } from '../limits.ts';
import { usePageLink } from '../page-link.tsx';
import { Problem } from '../problem.tsx';
import { isIdentified, nameOf } from '../records.ts';
import { Sent, type Written } from '../sent.tsx';
import { Text } from '../text.tsx';
import { useDraft } from '../use-draft.ts';
import { useSend } from '../use-send.ts';

interface QuickNoteProps {
  view: View;
  /** Nobody yet: the words are kept until somebody is looked up. */
  person: KnownPerson | undefined;
  form: string;
  act: Actions;
}

/** Pins a note; closing the popup loses nothing. */
export function QuickNote({ view, person, form, act }: QuickNoteProps) {
  const { fields, set, once, clear } = useDraft(form, { text: '' }, act);
  const [written, setWritten] = useState<Written>();
  const { busy, problem, send } = useSend();
  const text = fields.text.trim();
  const { kept, box } = usePageLink(view.page);
  const ready = person && isIdentified(person) ? person : undefined;
  const save = async (event: Event) => {
    event.preventDefault();
    if (!ready || text === '' || busy) return;
    const { contactId } = ready;
    const { host } = view.page;
    const from = { ...(host && { site: host }), ...(kept && { link: kept }) };
    const command = once(pinNote({ contactId, text, ...from }));
    if (!(await send(() => act.write(command, form)))) return;
    set({ text: '' });
    clear();
    setWritten({ contactId, recordId: command.payload.noteId });
  };
  return (
    <form class="form" onSubmit={save}>
      <label>
        {person ? (
          <span>
            <Text k="noteFor" with={[<bdi key="n">{nameOf(person)}</bdi>]} />
          </span>
        ) : (
          t('note')
        )}
        <textarea
          dir="auto"
          rows={3}
          maxLength={NOTE_MAX}
          placeholder={t('noteHint')}
          value={fields.text}
          onInput={(event) => set({ text: event.currentTarget.value })}
        />
      </label>
      {text !== '' && box}
      <Problem words={problem} />
      <div class="do">
        <button type="submit" class="btn primary" disabled={busy || !ready || text === ''}>
          {t('pinNote')}
        </button>
        <Sent view={view} written={written} />
      </div>
      {!ready && text !== '' && <p class="hint">{t(person ? 'noteNeedsCard' : 'noteNeedsPerson')}</p>}
    </form>
  );
}
