import { addTask } from '../../utils/commands.ts';
import { DAY, localInput } from '../../utils/format.ts';
import { t } from '../../utils/i18n.ts';
import { now } from '../../utils/now.ts';
import { Field } from '../field.tsx';
import { choosable, holderName } from '../records.ts';
import { useDraft } from '../use-draft.ts';
import { useSend } from '../use-send.ts';
import { type DockFormProps, DockFrame } from './dock-form.tsx';

/** A task about this person, with the day by which it is due. */
export function TaskForm({ view, person, act, onDirty, onSent, onClose }: DockFormProps) {
  const start = {
    text: '',
    dueOn: localInput(now.peek() + DAY).slice(0, 10),
    assigneeId: view.connection.me ?? '',
  };
  const form = `task:${person.contactId}`;
  const { fields, set, once, clear } = useDraft(form, start, act);
  const { busy, problem, send } = useSend();
  const put = (patch: Partial<typeof start>) => {
    set(patch);
    onDirty(true);
  };
  const text = fields.text.trim();
  const save = async () => {
    const { contactId } = person;
    const { dueOn, assigneeId } = fields;
    const command = once(addTask({ contactId, text, dueOn, ...(assigneeId && { assigneeId }) }));
    if (!(await send(() => act.write(command, form)))) return;
    clear();
    onSent({ contactId, recordId: command.payload.taskId });
  };
  return (
    <DockFrame
      {...{ person, problem, onClose }}
      title={t('taskFor')}
      submit={t('addTask')}
      blocked={busy || text === '' || fields.dueOn === ''}
      onSubmit={save}
    >
      <Field
        label={t('taskWhat')}
        value={fields.text}
        maxLength={500}
        focus
        onInput={(text) => put({ text })}
      />
      <Field label={t('taskDue')} type="date" value={fields.dueOn} onInput={(dueOn) => put({ dueOn })} />
      <label>
        {t('taskWho')}
        <select
          value={fields.assigneeId}
          onChange={(event) => put({ assigneeId: event.currentTarget.value })}
        >
          <option value="">{t('nobodyYet')}</option>
          {choosable(view, fields.assigneeId).map((member) => (
            <option key={member.id} value={member.id}>
              {holderName(member)}
            </option>
          ))}
        </select>
      </label>
    </DockFrame>
  );
}
