import { useState } from 'preact/hooks';
import { normalAddress } from '../../utils/contract/match-key.ts';
import { mayInvite } from '../../utils/contract/roles.ts';
import type { NewLink } from '../../utils/contract/team.ts';
import { t } from '../../utils/i18n.ts';
import { Field } from '../field.tsx';
import { Problem } from '../problem.tsx';
import { useSend } from '../use-send.ts';
import type { TeamActs } from './acts.ts';
import { StandingFields, type StandingOf } from './standing.tsx';

export interface Invited extends StandingOf {
  name: string;
  email: string;
}

interface InviteFormProps {
  /** Who invites. */
  me: StandingOf;
  start: Partial<Invited>;
  act: TeamActs;
  onMade(link: NewLink, who: string): void;
  onClose(): void;
}

/** Whom to let in, and as what. */
export function InviteForm({ me, start, act, onMade, onClose }: InviteFormProps) {
  const usual: Invited = { name: '', email: '', team: me.team, role: 'member' };
  const [fields, setFields] = useState({ ...usual, ...start });
  const [bad, setBad] = useState(false);
  const { busy, problem, send } = useSend();
  const [name, email] = [fields.name.trim(), fields.email.trim()];
  const make = async (event: Event) => {
    event.preventDefault();
    setBad(normalAddress(email) === undefined);
    if (normalAddress(email) === undefined) return;
    const { team, role } = fields;
    await send(async () => {
      onMade(await act.link({ kind: 'invite.make', name, email, team, role }), t('linkFor', name));
    });
  };
  return (
    <form class="form" onSubmit={make}>
      <Field
        label={t('fieldName')}
        value={fields.name}
        focus
        onInput={(name) => setFields({ ...fields, name })}
      />
      <Field
        label={t('address')}
        type="email"
        value={fields.email}
        maxLength={320}
        hint={t('inviteAddressHint')}
        problem={bad ? t('mailIsNone') : undefined}
        onInput={(email) => setFields({ ...fields, email })}
      />
      <StandingFields
        {...fields}
        may={(standing) => mayInvite(me, standing)}
        onPick={(standing) => setFields({ ...fields, ...standing })}
      />
      <Problem words={problem} />
      <div class="do">
        <button type="submit" class="btn primary" disabled={busy || name === '' || email === ''}>
          {t('makeLink')}
        </button>
        <button type="button" class="btn" onClick={onClose}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
