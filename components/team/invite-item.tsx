import type { NewLink, OpenInvite } from '../../utils/contract/team.ts';
import { t } from '../../utils/i18n.ts';
import { now } from '../../utils/now.ts';
import { Problem } from '../problem.tsx';
import { Text } from '../text.tsx';
import { Time } from '../time.tsx';
import { useSend } from '../use-send.ts';
import type { TeamActs } from './acts.ts';
import { Standing } from './standing.tsx';

interface InviteItemProps {
  invite: OpenInvite;
  /** Whose browser it is for, unless it lets in somebody new. */
  owner: string | undefined;
  /** The user may have the link anew. */
  renewable: boolean;
  act: TeamActs;
  onMade(link: NewLink, who: string): void;
}

/** A link that nobody has used yet. */
export function InviteItem({ invite, owner, renewable, act, onMade }: InviteItemProps) {
  const { busy, problem, send } = useSend();
  const { id, email, expiresAt } = invite;
  const who = owner ?? invite.name ?? email ?? t('somebody');
  const over = Date.parse(expiresAt) <= now.value;
  const renew = () =>
    send(async () => onMade(await act.link({ kind: 'invite.renew', id }), t('linkFor', who)));
  return (
    <li>
      <div class="entry">
        <div class="hit">
          <p>
            <b dir="auto">{who}</b>
          </p>
          {owner === undefined && (
            <p class="quiet">
              <Standing {...invite} />
            </p>
          )}
          {owner !== undefined && !renewable && <p class="quiet">{t('oneMoreBrowser')}</p>}
          <p class="faint">
            {email && email !== who && (
              <>
                <bdi>{email}</bdi>
                <br />
              </>
            )}
            <span class={over ? 'late' : undefined}>
              <Text k={over ? 'linkOver' : 'linkUntil'} with={[<Time key="t" at={expiresAt} />]} />
            </span>
          </p>
        </div>
        <div class="do">
          {renewable && (
            <button
              type="button"
              class="btn"
              disabled={busy}
              aria-label={t('newLinkNamed', who)}
              onClick={renew}
            >
              {t('newLink')}
            </button>
          )}
          <button
            type="button"
            class="btn"
            disabled={busy}
            aria-label={t('withdrawNamed', who)}
            onClick={() => send(() => act.change({ kind: 'invite.withdraw', id }))}
          >
            {t('withdraw')}
          </button>
        </div>
      </div>
      <Problem words={problem} />
    </li>
  );
}
