import { useRef } from 'preact/hooks';
import type { Actions } from '../../utils/actions.ts';
import { editContact } from '../../utils/commands.ts';
import type { Contact } from '../../utils/contract/contact.ts';
import { t } from '../../utils/i18n.ts';
import type { View } from '../../utils/view.ts';
import { Field } from '../field.tsx';
import { Problem } from '../problem.tsx';
import { choosable, holderName } from '../records.ts';
import { useDraft } from '../use-draft.ts';
import { useFocus } from '../use-focus.ts';
import { useSend } from '../use-send.ts';
import { DefinitionChoice } from './definition-choice.tsx';

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
  const { stageId = '', ownerId = '', leadTypeId = '', saleTypeId = '' } = seen;
  const start = { stageId, ownerId, leadTypeId, saleTypeId, reason: '' };
  const { fields, set, clear } = useDraft<Record<keyof typeof start, string>>(stageDraft(seen), start, act);
  const { busy, problem, send } = useSend();
  const first = useFocus<HTMLSelectElement>();
  const restaged = fields.stageId !== '' && fields.stageId !== stageId;
  const reason = fields.reason.trim();
  const close = () => {
    clear();
    onClose();
  };
  const save = async (event: Event) => {
    event.preventDefault();
    const changed = {
      ...(restaged && { stageId: fields.stageId, ...(reason && { reason }) }),
      ...(fields.ownerId !== ownerId && { ownerId: fields.ownerId || null }),
      ...(fields.leadTypeId !== leadTypeId && { leadTypeId: fields.leadTypeId || null }),
      ...(fields.saleTypeId !== saleTypeId && { saleTypeId: fields.saleTypeId || null }),
    };
    const nothing = Object.keys(changed).length === 0;
    const command = editContact(seen.revision, { contactId: seen.id, ...changed });
    if (nothing || (await send(() => act.write(command)))) close();
  };
  return (
    <form class="form" onSubmit={save} onChange={() => onDirty(true)}>
      <DefinitionChoice
        {...{ view, kind: 'stage', seen: stageId, value: fields.stageId, first }}
        onPick={(id) => set({ stageId: id })}
      />
      {restaged && (
        <Field
          label={t('stageReason')}
          hint={t('stageReasonHint')}
          value={fields.reason}
          maxLength={300}
          onInput={(words) => set({ reason: words })}
        />
      )}
      <label>
        {t('owner')}
        <select value={fields.ownerId} onChange={(event) => set({ ownerId: event.currentTarget.value })}>
          <option value="">{t('noOwner')}</option>
          {choosable(view, seen.ownerId).map((member) => (
            <option key={member.id} value={member.id}>
              {holderName(member)}
            </option>
          ))}
        </select>
      </label>
      <DefinitionChoice
        {...{ view, kind: 'lead', seen: leadTypeId, value: fields.leadTypeId }}
        onPick={(id) => set({ leadTypeId: id })}
      />
      <DefinitionChoice
        {...{ view, kind: 'sale', seen: saleTypeId, value: fields.saleTypeId }}
        onPick={(id) => set({ saleTypeId: id })}
      />
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
