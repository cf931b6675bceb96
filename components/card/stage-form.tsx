import { useRef } from 'preact/hooks';
import type { Actions } from '../../utils/actions.ts';
import { editContact } from '../../utils/commands.ts';
import type { Contact } from '../../utils/contract/contact.ts';
import { t } from '../../utils/i18n.ts';
import type { View } from '../../utils/view.ts';
import { Problem } from '../problem.tsx';
import { choosable, holderName } from '../records.ts';
import { useDraft } from '../use-draft.ts';
import { useFocus } from '../use-focus.ts';
import { useSend } from '../use-send.ts';

interface StageFormProps {
  view: View;
  contact: Contact;
  act: Actions;
  onDirty(dirty: boolean): void;
  onClose(): void;
}

/** What was chosen against one revision says nothing about the next. */
export const stageDraft = ({ id, revision }: Contact): string => `stage:${id}:${revision}`;

/** Sends only what was changed, against the revision that was on screen when the form was opened. */
export function StageForm({ view, contact, act, onDirty, onClose }: StageFormProps) {
  const seen = useRef(contact).current;
  const start = { stageId: seen.stageId ?? '', ownerId: seen.ownerId ?? '' };
  const { fields, set, clear } = useDraft(stageDraft(seen), start, act);
  const { stageId, ownerId } = fields;
  const { busy, problem, send } = useSend();
  const first = useFocus<HTMLSelectElement>();
  const close = () => {
    clear();
    onClose();
  };
  const save = async (event: Event) => {
    event.preventDefault();
    const changed = {
      ...(stageId && stageId !== seen.stageId && { stageId }),
      ...(ownerId !== (seen.ownerId ?? '') && { ownerId: ownerId || null }),
    };
    const nothing = Object.keys(changed).length === 0;
    const command = editContact(seen.revision, { contactId: seen.id, ...changed });
    if (nothing || (await send(() => act.write(command)))) close();
  };
  return (
    <form class="form" onSubmit={save} onChange={() => onDirty(true)}>
      <label>
        {t('stage')}
        <select ref={first} value={stageId} onChange={(event) => set({ stageId: event.currentTarget.value })}>
          {!seen.stageId && <option value="">{t('noStage')}</option>}
          {view.stages
            .toSorted((a, b) => a.order - b.order)
            .map((stage) => (
              <option key={stage.id} value={stage.id}>
                {stage.label}
              </option>
            ))}
        </select>
      </label>
      <label>
        {t('owner')}
        <select value={ownerId} onChange={(event) => set({ ownerId: event.currentTarget.value })}>
          <option value="">{t('noOwner')}</option>
          {choosable(view, seen.ownerId).map((member) => (
            <option key={member.id} value={member.id}>
              {holderName(member)}
            </option>
          ))}
        </select>
      </label>
      <Problem words={problem} />
      <div class="do">
        <button type="submit" class="btn primary" disabled={busy}>
          {t('save')}
        </button>
        <button type="button" class="btn" onClick={close}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
