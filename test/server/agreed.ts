import { agree } from '../../server/store/agreement.ts';
import { commitChanges } from '../../server/store/change.ts';
import { type Database, inWorkspace } from '../../server/store/database.ts';
import type { AgreementDraft } from '../../utils/contract/agreement.ts';

const office = [{ from: '09:00', to: '17:00' }];

/** What two teams may well agree on: a day of work round the clock, so that tests need no calendar. */
export const AGREED: AgreementDraft = {
  hours: 24,
  calendar: {
    zone: 'UTC',
    week: Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }]),
    holidays: [],
  },
  criteria: { stageIds: [], leadTypeIds: [], needs: [] },
  remindHours: [4],
  reasons: [
    { id: 'timing', label: 'Not now' },
    { id: 'fit', label: 'Not our customer' },
  ],
  perDay: 50,
  quietDays: 7,
  marketing: {},
};

/** Monday to Friday, nine to five, in UTC. */
export const OFFICE = { zone: 'UTC', week: [office, office, office, office, office, [], []], holidays: [] };

/** Puts an agreement in force, as if both teams had agreed. */
export async function agreeOn(
  db: Database,
  workspaceId: string,
  more: Partial<AgreementDraft> = {},
): Promise<void> {
  const terms = { proposedBy: null, agreedBy: null, at: new Date() };
  await inWorkspace(db, workspaceId, async (trx) => {
    await agree(trx, workspaceId, { ...AGREED, ...more }, terms);
    await commitChanges(trx, workspaceId, [{ kind: 'agreement', id: workspaceId }]);
  });
}
