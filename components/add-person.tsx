import { useState } from 'preact/hooks';
import type { Actions } from '../utils/actions.ts';
import { addContact } from '../utils/commands.ts';
import { normalAddress } from '../utils/contract/match-key.ts';
import { profileLink } from '../utils/contract/profile-key.ts';
import { shownProfile } from '../utils/contract/profiles.ts';
import { t } from '../utils/i18n.ts';
import type { View } from '../utils/view.ts';
import { Address } from './address.tsx';
import { Field } from './field.tsx';
import { Problem } from './problem.tsx';
import { choosableOf } from './records.ts';
import { Text } from './text.tsx';
import { useDraft } from './use-draft.ts';
import { useSend } from './use-send.ts';

export interface Newcomer {
  name: string;
  email: string;
  /** Match key of the profile that the page shows them by. */
  profile: string;
  title: string;
  company: string;
  stageId: string;
}

interface AddPersonProps {
  view: View;
  act: Actions;
  /** What is known already, from the page or from a refused attempt. */
  start: Partial<Newcomer>;
  /** The refused attempt whose place this one takes. */
  mends?: { commandId: string; contactId: string } | undefined;
  onDirty(dirty: boolean): void;
  onAdded(contactId: string): void;
  onClose(): void;
}

/** Somebody new for the team's contacts. Who is there already is checked where all contacts are: on the server. */
export function AddPerson({ view, act, start, mends, onDirty, onAdded, onClose }: AddPersonProps) {
  const blank = { name: '', email: '', profile: '', title: '', company: '', stageId: '', ...start };
  const form = `add:${start.email ?? start.profile ?? start.name ?? ''}`;
  const { fields, set, once, clear } = useDraft(form, blank, act);
  const [badAddress, setBad] = useState(false);
  const { busy, problem, send } = useSend();
  const put = (patch: Partial<Newcomer>) => {
    set(patch);
    onDirty(true);
  };
  const save = async (event: Event) => {
    event.preventDefault();
    const typed = fields.email.trim();
    const email = normalAddress(typed);
    setBad(typed !== '' && email === undefined);
    if (typed !== '' && email === undefined) return;
    const [title, companyName] = [fields.title.trim(), fields.company.trim()];
    const command = once(
      addContact({
        ...(mends && { contactId: mends.contactId }),
        name: fields.name.trim(),
        ...(email && { email }),
        ...(fields.profile && { profile: profileLink(fields.profile) ?? fields.profile }),
        ...(title && { title }),
        ...(companyName && { companyName }),
        ...(fields.stageId && { stageId: fields.stageId }),
      }),
    );
    const save = () => (mends ? act.replace(mends.commandId, command) : act.write(command, form));
    if (!(await send(save))) return;
    clear();
    onDirty(false);
    onAdded(command.payload.contactId);
  };
  return (
    <form class="form" onSubmit={save}>
      <h1>{t('addPerson')}</h1>
      <Field label={t('fieldName')} value={fields.name} required onInput={(name) => put({ name })} />
      <Field
        label={t('address')}
        type="email"
        value={fields.email}
        problem={badAddress ? t('addressIsNone') : undefined}
        onInput={(email) => put({ email })}
      />
      {fields.profile !== '' && (
        <p class="quiet">
          <Text k="withProfile" with={[<Address key="p" value={shownProfile(fields.profile)} />]} />
        </p>
      )}
      <Field label={t('fieldTitle')} value={fields.title} onInput={(title) => put({ title })} />
      <Field label={t('fieldCompany')} value={fields.company} onInput={(company) => put({ company })} />
      <label>
        {t('stage')}
        <select value={fields.stageId} onChange={(event) => put({ stageId: event.currentTarget.value })}>
          <option value="">{t('noStage')}</option>
          {choosableOf(view, 'stage', fields.stageId).map((stage) => (
            <option key={stage.id} value={stage.id}>
              {stage.label}
            </option>
          ))}
        </select>
      </label>
      <Problem words={problem} />
      <div class="do">
        <button type="submit" class="btn primary" disabled={busy || fields.name.trim() === ''}>
          {t('addThisPerson')}
        </button>
        <button type="button" class="btn" onClick={onClose}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
