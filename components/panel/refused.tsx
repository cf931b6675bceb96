import { useEffect, useState } from 'preact/hooks';
import type { Actions } from '../../utils/actions.ts';
import { addContact, editContact, editNote, repeated } from '../../utils/commands.ts';
import { type Command, type CommandOf, isAboutContact, type Refusal } from '../../utils/contract/command.ts';
import { shownProfile } from '../../utils/contract/profiles.ts';
import type { Hit } from '../../utils/contract/routes.ts';
import { type MessageKey, plural, t } from '../../utils/i18n.ts';
import type { RefusedCommand, View } from '../../utils/view.ts';
import { contradictionWords } from '../contradiction.ts';
import { HitList } from '../hit-list.tsx';
import { Problem } from '../problem.tsx';
import { mayWrite } from '../records.ts';
import { Text } from '../text.tsx';
import { useSend } from '../use-send.ts';
import { whoOf } from './outbox.tsx';
import { WHAT } from './what.ts';
import { wordsIn } from './words-in.ts';

const WHY: Record<Refusal, MessageKey> = {
  taken: 'becauseTaken',
  alike: 'becauseAlike',
  changed: 'becauseChanged',
  gone: 'becauseGone',
  invalid: 'becauseInvalid',
  role: 'becauseRole',
  suppressed: 'becauseSuppressed',
  contradicts: 'becauseContradicts',
  unagreed: 'becauseUnagreed',
  unmet: 'becauseUnmet',
  limit: 'becauseLimit',
};

/** What it is called to ask for the same again. */
const AGAIN: Partial<Record<Refusal, MessageKey>> = { alike: 'addEvenSo', changed: 'doItAgain' };

interface RefusedProps {
  view: View;
  refused: RefusedCommand;
  act: Actions;
  onShow(contactId: string): void;
  /** Puts what was typed back into its form. */
  onMend(command: Command): void;
  mendable?(refused: RefusedCommand, view: View): boolean;
}

/** Of what the two teams agree on only leads decide, so that whom to ask is somebody else. */
const whyOf = ({ reason, command }: RefusedCommand): MessageKey =>
  reason === 'role' && !isAboutContact(command) ? 'becauseNotYours' : WHY[reason];

/** Whether its words can go back into a form: those about a contact that is gone have none. */
function isMendable({ command, reason, erased }: RefusedCommand, view: View): boolean {
  if (erased || !mayWrite(view) || !isAboutContact(command)) return false;
  if (command.kind === 'task.done' || command.kind === 'contact.identify') return false;
  if (command.kind === 'note.edit' && command.payload.text === undefined) return false;
  return reason !== 'gone' || view.people.some((one) => one.contactId === command.payload.contactId);
}

/** Something the server would not take: why, and what can be done. */
export function Refused({ view, refused, act, onShow, onMend, mendable = isMendable }: RefusedProps) {
  const { command, reason, contactIds, behind = [] } = refused;
  const { busy, problem, send } = useSend();
  const again = redone(refused, view);
  return (
    <div class="alert stop">
      <p>
        <strong>
          <Text k={WHAT[command.kind].refused} with={[<bdi key="w">{whoOf(refused, view)}</bdi>]} />
        </strong>{' '}
        {t(refused.erased ? 'becauseErased' : whyOf(refused))}{' '}
        {refused.contradiction && <bdi>{contradictionWords(refused.contradiction, view)}</bdi>}
      </p>
      {wordsIn(command, view).map((words) => (
        <p key={words} dir="auto">
          {words}
        </p>
      ))}
      {(command.kind === 'contact.add' || command.kind === 'contact.identify') && contactIds && (
        <Already view={view} refused={{ ...refused, command, contactIds }} act={act} onShow={onShow} />
      )}
      {behind.length > 0 && <p>{plural('waitsBehind', behind.length)}</p>}
      {behind.map((one) => (
        <p key={one.id} class="quiet" dir="auto">
          <Text k={WHAT[one.kind].waits} with={[<bdi key="w">{whoOf(refused, view)}</bdi>]} />{' '}
          {wordsIn(one, view).join(' ')}
        </p>
      ))}
      <Problem words={problem} />
      <div class="do">
        {again && (
          <button
            type="button"
            class="btn"
            disabled={busy}
            onClick={() => send(() => act.replace(command.id, again))}
          >
            {t(AGAIN[reason] ?? 'tryAgain')}
          </button>
        )}
        {mendable(refused, view) && (
          <button type="button" class="btn" onClick={() => onMend(command)}>
            {t('mend')}
          </button>
        )}
        <button type="button" class="btn" disabled={busy} onClick={() => send(() => act.discard(command.id))}>
          {behind.length > 0 ? plural('discardWith', behind.length) : t('discard')}
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
  // An admin may have lifted it meanwhile, or given the role.
  if (reason === 'suppressed' || (reason === 'role' && mayWrite(view) && isAboutContact(command)))
    return repeated(command);
  if (reason !== 'changed' || !isAboutContact(command)) return undefined;
  const { contactId } = command.payload;
  const card = view.people.find((person) => person.contactId === contactId)?.card;
  if (!card) return undefined;
  if (command.kind === 'contact.edit') return editContact(card.contact.revision, command.payload);
  if (command.kind !== 'note.edit') return undefined;
  const note = card.notes.find((one) => one.id === command.payload.noteId);
  return note && editNote(note.revision, command.payload);
}

/** What whoever is there already is found by. */
function askedOf(command: CommandOf<'contact.add' | 'contact.identify'>): [string, string] {
  if (command.kind === 'contact.identify')
    return [shownProfile(command.payload.key), shownProfile(command.payload.key)];
  const { name, email, profile } = command.payload;
  return [email ?? profile ?? name, name];
}

interface AlreadyProps {
  view: View;
  refused: RefusedCommand & { command: CommandOf<'contact.add' | 'contact.identify'>; contactIds: string[] };
  act: Actions;
  onShow(contactId: string): void;
}

/** Who has that address or name already; what was written about the newcomer can be written about them. */
function Already({ view, refused, act, onShow }: AlreadyProps) {
  const [hits, setHits] = useState<Hit[]>([]);
  const { busy, problem, send } = useSend();
  const { command, contactIds, behind = [] } = refused;
  const asked = askedOf(command);
  const wanted = contactIds.join(' ');
  useEffect(() => {
    for (const q of new Set(asked)) {
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
  }, [wanted, ...asked]);
  const named = new Set(hits.map((hit) => hit.id));
  const unnamed = contactIds.filter((id) => !named.has(id)).map((id) => ({ id, name: t('whoIsThere') }));
  const all = [...hits, ...unnamed];
  return (
    <>
      <HitList view={view} hits={all} onPick={onShow} />
      {behind.length > 0 &&
        all.map((hit) => (
          <button
            key={hit.id}
            type="button"
            class="btn"
            disabled={busy}
            onClick={() => send(() => act.move(command.id, hit.id))}
          >
            <span>
              <Text k="writeAbout" with={[<bdi key="n">{hit.name}</bdi>]} />
            </span>
          </button>
        ))}
      <Problem words={problem} />
    </>
  );
}
