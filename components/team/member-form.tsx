import { useState } from 'preact/hooks';
import type { TeamMember } from '../../utils/contract/team.ts';
import { t } from '../../utils/i18n.ts';
import { Field } from '../field.tsx';
import { Problem } from '../problem.tsx';
import { useSend } from '../use-send.ts';
import type { TeamActs } from './acts.ts';
import { StandingFields } from './standing.tsx';

interface MemberFormProps {
  member: TeamMember;
  act: TeamActs;
  onClose(): void;
}

/** Sends only what was changed, so that it undoes nothing of what somebody else changed meanwhile. */
export function MemberForm({ member, act, onClose }: MemberFormProps) {
  const [fields, setFields] = useState({ name: member.name, team: member.team, role: member.role });
  const { busy, problem, send } = useSend();
  const { id } = member;
  const name = fields.name.trim();
  const save = async (event: Event) => {
    event.preventDefault();
    const changed = {
      ...(name !== member.name && { name }),
      ...(fields.team !== member.team && { team: fields.team }),
      ...(fields.role !== member.role && { role: fields.role }),
    };
    const nothing = Object.keys(changed).length === 0;
    if (nothing || (await send(() => act.change({ kind: 'member.change', id, ...changed })))) onClose();
  };
  return (
    <form class="form" onSubmit={save}>
      <Field
        label={t('fieldName')}
        value={fields.name}
        focus
        onInput={(name) => setFields({ ...fields, name })}
      />
      <StandingFields {...fields} onPick={(standing) => setFields({ ...fields, ...standing })} />
      <Problem words={problem} />
      <div class="do">
        <button type="submit" class="btn primary" disabled={busy || name === ''}>
          {t('save')}
        </button>
        <button type="button" class="btn" onClick={onClose}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
