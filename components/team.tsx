import type { Team as TeamId } from '../utils/contract/base.ts';
import { type MessageKey, t } from '../utils/i18n.ts';

export const TEAM_LABELS: Record<TeamId, MessageKey> = {
  sales: 'teamSales',
  marketing: 'teamMarketing',
  service: 'teamService',
  both: 'teamBoth',
};

/** A team's name in its colour. */
export function Team({ team }: { team: TeamId }) {
  return <span class={`team ${team}`}>{t(TEAM_LABELS[team])}</span>;
}
