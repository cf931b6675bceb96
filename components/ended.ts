import { type MessageKey, plural, t } from '../utils/i18n.ts';
import type { Connection } from '../utils/view.ts';

/** By the reason that the server gives. */
const ENDED: Record<string, MessageKey> = {
  owner: 'endedOwner',
  admin: 'endedAdmin',
  reuse: 'endedReuse',
};

/** Why this browser shows nothing of its team any more, or not now, and what to do; undefined when it may. */
export function endedWords({ state, reason, workspace, lockDays }: Connection): string | undefined {
  const team = workspace ?? t('someTeam');
  if (state === 'removed') return t('removedFrom', team);
  if (state === 'locked') return plural('lockedFor', lockDays ?? 14);
  return state === 'signed-out' ? t(ENDED[reason ?? ''] ?? 'endedOther', team) : undefined;
}
