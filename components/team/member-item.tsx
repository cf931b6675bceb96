import { useState } from 'preact/hooks';
import type { TeamMember } from '../../utils/contract/team.ts';
import { plural, t } from '../../utils/i18n.ts';
import { Face } from '../face.tsx';
import { Text } from '../text.tsx';
import { Time } from '../time.tsx';
import { useReturn } from '../use-return.ts';
import type { TeamActs } from './acts.ts';
import { Confirm } from './confirm.tsx';
import { MemberForm } from './member-form.tsx';
import { Standing } from './standing.tsx';

interface MemberItemProps {
  member: TeamMember;
  /** It is the user. */
  own: boolean;
  /** The user may change others. */
  admin: boolean;
  act: TeamActs;
}

export function MemberItem({ member, own, admin, act }: MemberItemProps) {
  const [open, setOpen] = useState<'change' | 'remove'>();
  const change = useReturn(open === 'change');
  const remove = useReturn(open === 'remove');
  const { id, name, email, browsers, seenAt } = member;
  const close = () => setOpen(undefined);
  return (
    <li>
      <div class="entry">
        <Face name={name} />
        <div class="hit">
          <p>
            <b dir="auto">{name}</b> {own && <span class="faint">{t('thisIsYou')}</span>}
          </p>
          <p class="quiet">
            <Standing {...member} />
          </p>
          <p class="faint">
            {email && (
              <>
                <bdi>{email}</bdi>
                <br />
              </>
            )}
            {browsers > 0 ? plural('browsersOf', browsers) : t('noBrowsers')}
            {seenAt && (
              <>
                , <Text k="lastHere" with={[<Time key="t" at={seenAt} />]} />
              </>
            )}
          </p>
        </div>
        {!open && (admin || own) && (
          <div class="do">
            {admin && (
              <button
                ref={change}
                type="button"
                class="btn"
                aria-label={t('changeNamed', name)}
                onClick={() => setOpen('change')}
              >
                {t('change')}
              </button>
            )}
            <button
              ref={remove}
              type="button"
              class="btn"
              aria-label={own ? t('leaveTeam') : t('removeNamed', name)}
              onClick={() => setOpen('remove')}
            >
              {own ? t('leaveTeam') : t('remove')}
            </button>
          </div>
        )}
      </div>
      {open === 'change' && <MemberForm member={member} act={act} onClose={close} />}
      {open === 'remove' && (
        <Confirm
          label={own ? t('leaveTeam') : t('removeNamed', name)}
          job={() => act.change(own ? { kind: 'member.leave' } : { kind: 'member.remove', id })}
          onClose={close}
        >
          {own ? (
            t('leaveMore')
          ) : (
            <>
              <Text k="removeMore" with={[<bdi key="n">{name}</bdi>]} /> {t('removeStays')}
            </>
          )}
        </Confirm>
      )}
    </li>
  );
}
