import type { TeamAnswer } from '../../utils/contract/team.ts';
import { t } from '../../utils/i18n.ts';
import { Problem } from '../problem.tsx';
import { useSend } from '../use-send.ts';
import type { TeamActs } from './acts.ts';
import { BrowserItem } from './browser-item.tsx';
import { InviteItem } from './invite-item.tsx';
import type { Made } from './invites.tsx';
import { NewLink } from './new-link.tsx';

interface BrowsersProps {
  team: TeamAnswer;
  made: Made | undefined;
  onMade(made: Made | undefined): void;
  act: TeamActs;
}

/** One's own browsers first; an admin has everybody's. */
export function Browsers({ team, made, onMade, act }: BrowsersProps) {
  const { busy, problem, send } = useSend();
  const own = team.browsers.filter(({ memberId }) => memberId === team.me);
  const others = team.browsers.filter(({ memberId }) => memberId !== team.me);
  const links = team.invites.filter(({ memberId }) => memberId === team.me);
  const nameOf = (id: string) => team.members.find((member) => member.id === id)?.name ?? t('somebody');
  const pair = () =>
    send(async () => onMade({ link: await act.link({ kind: 'pairing.link' }), who: t('linkForBrowser') }));
  return (
    <section>
      <h2>{t('browsers')}</h2>
      <ul class="items entries">
        {own.map((paired) => (
          <BrowserItem
            key={paired.id}
            paired={paired}
            here={paired.id === team.browserId}
            owner={undefined}
            act={act}
          />
        ))}
        {links.map((invite) => (
          <InviteItem
            key={invite.id}
            invite={invite}
            owner={t('linkForBrowser')}
            renewable
            act={act}
            onMade={(link, who) => onMade({ link, who })}
          />
        ))}
      </ul>
      {made && <NewLink key={made.link.id} {...made} onClose={() => onMade(undefined)} />}
      <Problem words={problem} />
      <p>
        <button type="button" class="btn" disabled={busy} onClick={pair}>
          {t('pairBrowser')}
        </button>
      </p>
      {others.length > 0 && (
        <details>
          <summary>{t('othersBrowsers')}</summary>
          <ul class="items entries">
            {others.map((paired) => (
              <BrowserItem
                key={paired.id}
                paired={paired}
                here={false}
                owner={nameOf(paired.memberId)}
                act={act}
              />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
