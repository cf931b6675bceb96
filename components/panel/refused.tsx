import { useEffect, useState } from 'preact/hooks';
import type { Actions } from '../../utils/actions.ts';
import { addContact, editContact, editNote } from '../../utils/commands.ts';
import type { Command, CommandKind, Refusal } from '../../utils/contract/command.ts';
import type { Hit } from '../../utils/contract/routes.ts';
import { type MessageKey, t } from '../../utils/i18n.ts';
import type { RefusedCommand, View } from '../../utils/view.ts';
import { HitList } from '../hit-list.tsx';
import { CONSENT } from '../permission.ts';
import { Problem } from '../problem.tsx';
import { memberOf, nameOf, stageOf } from '../records.ts';
import { Text } from '../text.tsx';
import { useSend } from '../use-send.ts';

const WHAT: Record<CommandKind, MessageKey> = {
  'contact.add': 'refusedAdd',
  'contact.edit': 'refusedEdit',
  'note.pin': 'refusedNote',
  'note.edit': 'refusedNoteEdit',
  'touch.log': 'refusedTouch',
  'task.add': 'refusedTask',
  'task.done': 'refusedTaskDone',
};

const WHY: Record<Refusal, MessageKey> = {
  taken: 'becauseTaken',
  alike: 'becauseAlike',
  changed: 'becauseChanged',
  gone: 'becauseGone',
  invalid: 'becauseInvalid',
  role: 'becauseRole',
  suppressed: 'becauseSuppressed',
};

interface RefusedProps {
  view: View;
  refused: RefusedCommand;
  act: Actions;
  onShow(contactId: string): void;
  /** Puts what was typed back into its form. */
  onMend(command: Command): void;
}

/** What a command carried, so that neither repeating nor discarding it is blind. */
function wordsIn(command: Command, view: View): string[] {
  const { payload } = command;
  if (command.kind === 'contact.edit') {
    const { stageId, ownerId, consent, doNotContact, reason } = command.payload;
    return [
      ...(consent ? [t(CONSENT[consent])] : []),
      ...(doNotContact === undefined ? [] : [t(doNotContact ? 'barredYes' : 'barredNo')]),
      ...(reason ? [t('quote', reason)] : []),
      ...(stageId ? [t('wantedStage', stageOf(view, stageId)?.label ?? t('somethingGone'))] : []),
      ...(ownerId ? [t('wantedOwner', memberOf(view, ownerId)?.name ?? t('somebody'))] : []),
      ...(ownerId === null ? [t('wantedOwner', t('noOwner'))] : []),
    ];
  }
  if (command.kind === 'touch.log') {
    const { subject, excerpt, link } = command.payload;
    return [subject, excerpt, link].filter((words) => words !== undefined);
  }
  return 'text' in payload && payload.text ? [t('quote', payload.text)] : [];
}

/** Whether its words can go back into a form: those about a contact that is gone have none. */
function mendable({ command, reason, erased }: RefusedCommand, view: View): boolean {
  if (erased) return false;
  if (command.kind === 'task.done') return false;
  if (command.kind === 'note.edit' && command.payload.text === undefined) return false;
  return reason !== 'gone' || view.people.some((one) => one.contactId === command.payload.contactId);
}

/** Something the server would not take: why, and what can be done. */
export function Refused({ view, refused, act, onShow, onMend }: RefusedProps) {
  const { command, reason, contactIds } = refused;
  const { busy, problem, send } = useSend();
  const { contactId } = command.payload;
  const person = view.people.find((one) => one.contactId === contactId);
  const who = command.kind === 'contact.add' ? command.payload.name : person && nameOf(person);
  const again = redone(refused, view);
  return (
    <div class="alert stop">
      <p>
        <strong>
          <Text k={WHAT[command.kind]} with={[<bdi key="w">{who ?? t('somebody')}</bdi>]} />
        </strong>{' '}
        {t(refused.erased ? 'becauseErased' : WHY[reason])}
      </p>
      {wordsIn(command, view).map((words) => (
        <p key={words} dir="auto">
          {words}
        </p>
      ))}
      {command.kind === 'contact.add' && contactIds && (
        <Already view={view} command={command} ids={contactIds} act={act} onShow={onShow} />
      )}
      <Problem words={problem} />
      <div class="do">
        {again && (
          <button
            type="button"
            class="btn"
            disabled={busy}
            onClick={() => send(() => act.write(again).then(() => act.discard(command.id)))}
          >
            {command.kind === 'contact.add' ? t('addEvenSo') : t('doItAgain')}
          </button>
        )}
        {mendable(refused, view) && (
          <button type="button" class="btn" onClick={() => onMend(command)}>
            {t('mend')}
          </button>
        )}
        <button type="button" class="btn" disabled={busy} onClick={() => send(() => act.discard(command.id))}>
          {t('discard')}
        </button>
      </div>
    </div>
  );
}

/** The same wish, told against what is there now; nothing when the server would refuse it again. */
export function redone({ command, reason }: RefusedCommand, view: View): Command | undefined {
  if (command.kind === 'contact.add' && reason === 'alike') {
    return addContact({ ...command.payload, evenSo: true });
  }
  if (reason !== 'changed') return undefined;
  const { contactId } = command.payload;
  const card = view.people.find((person) => person.contactId === contactId)?.card;
  if (!card) return undefined;
  if (command.kind === 'contact.edit') return editContact(card.contact.revision, command.payload);
  if (command.kind !== 'note.edit') return undefined;
  const note = card.notes.find((one) => one.id === command.payload.noteId);
  return note && editNote(note.revision, command.payload);
}

interface AlreadyProps {
  view: View;
  command: Extract<Command, { kind: 'contact.add' }>;
  ids: string[];
  act: Actions;
  onShow(contactId: string): void;
}

/** Who has that address or name already. */
function Already({ view, command, ids, act, onShow }: AlreadyProps) {
  const [hits, setHits] = useState<Hit[]>([]);
  const { name, email } = command.payload;
  const wanted = ids.join(' ');
  useEffect(() => {
    for (const q of new Set([email ?? name, name])) {
      act.search(q).then(
        (found) =>
          setHits((before) => [
            ...before,
            ...found.hits.filter(
              (hit) => wanted.includes(hit.id) && !before.some((one) => one.id === hit.id),
            ),
          ]),
        () => undefined, // Without their names they can still be opened.
      );
    }
  }, [wanted, email, name]);
  const named = new Set(hits.map((hit) => hit.id));
  const unnamed = ids.filter((id) => !named.has(id)).map((id) => ({ id, name: t('whoIsThere') }));
  return <HitList view={view} hits={[...hits, ...unnamed]} onPick={onShow} />;
}
