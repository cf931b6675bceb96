import { useRef } from 'preact/hooks';
import type { Actions } from '../../utils/actions.ts';
import { editContact } from '../../utils/commands.ts';
import type { Contact } from '../../utils/contract/contact.ts';
import { t } from '../../utils/i18n.ts';
import { Field } from '../field.tsx';
import { CONSENT } from '../permission.ts';
import { Problem } from '../problem.tsx';
import { useDraft } from '../use-draft.ts';
import { useFocus } from '../use-focus.ts';
import { useSend } from '../use-send.ts';

interface PermissionFormProps {
  contact: Contact;
  act: Actions;
  onDirty(dirty: boolean): void;
  onClose(): void;
}

/** What was chosen against one revision says nothing about the next. */
export const permissionDraft = ({ id, revision }: Contact): string => `permission:${id}:${revision}`;

const STATES = ['granted', 'denied', 'unknown'] as const;

/** Asks how one knows: whoever is asked one day why they wrote needs more than a tick. */
export function PermissionForm({ contact, act, onDirty, onClose }: PermissionFormProps) {
  const seen = useRef(contact).current;
  const start = {
    consent: seen.consent ?? 'unknown',
    barred: seen.doNotContact ? 'yes' : 'no',
    reason: '',
  };
  const { fields, set, clear } = useDraft<Record<keyof typeof start, string>>(
    permissionDraft(seen),
    start,
    act,
  );
  const { busy, problem, send } = useSend();
  const first = useFocus<HTMLSelectElement>();
  const reason = fields.reason.trim();
  const close = () => {
    clear();
    onClose();
  };
  const consent = STATES.find((state) => state === fields.consent && state !== start.consent);
  const changed = {
    ...(consent && { consent }),
    ...(fields.barred !== start.barred && { doNotContact: fields.barred === 'yes' }),
  };
  // A reason for nothing cannot be kept.
  const nothing = Object.keys(changed).length === 0;
  const save = async (event: Event) => {
    event.preventDefault();
    if (nothing) return;
    const command = editContact(seen.revision, { contactId: seen.id, ...changed, reason });
    if (await send(() => act.write(command))) close();
  };
  return (
    <form class="form" onSubmit={save} onChange={() => onDirty(true)}>
      <label class="tick">
        <input
          type="checkbox"
          checked={fields.barred === 'yes'}
          onChange={(event) => set({ barred: event.currentTarget.checked ? 'yes' : 'no' })}
        />
        {t('doNotContactThem')}
      </label>
      <label>
        {t('fieldConsent')}
        <select
          ref={first}
          value={fields.consent}
          onChange={(event) => set({ consent: event.currentTarget.value })}
        >
          {STATES.map((state) => (
            <option key={state} value={state}>
              {t(CONSENT[state])}
            </option>
          ))}
        </select>
      </label>
      <Field
        label={t('permissionReason')}
        hint={t('permissionReasonHint')}
        value={fields.reason}
        maxLength={300}
        required
        onInput={(reason) => set({ reason })}
      />
      <Problem words={problem} />
      <div class="do">
        <button type="submit" class="btn primary" disabled={busy || nothing || reason === ''}>
          {t('save')}
        </button>
        <button type="button" class="btn" onClick={close}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
