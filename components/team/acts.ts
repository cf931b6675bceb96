import type { Retention } from '../../utils/contract/privacy.ts';
import type { AuditAnswer, LinkWanted, NewLink, TeamChange } from '../../utils/contract/team.ts';

/** What the team page can ask for. Each rejects with an Error whose message is a sentence for people. */
export interface TeamActs {
  /** Resolves when the team that is shown has the change. */
  change(change: TeamChange): Promise<unknown>;
  link(wanted: LinkWanted): Promise<NewLink>;
  audit(before?: string): Promise<AuditAnswer>;
  retention(): Promise<Retention>;
  keep(settings: Retention): Promise<unknown>;
  /** Resolves to whether somebody was kept out by this address. */
  lift(address: string): Promise<boolean>;
}
