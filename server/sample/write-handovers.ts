import { addWorking, HOUR } from '../../utils/agreement/working-time.ts';
import type { Trx } from '../store/database.ts';
import { AGREEMENT } from './agreement.ts';
import type { Clock } from './clock.ts';
import type { Person } from './people.ts';
import { sampleId } from './random.ts';
import { TEAM, type TeamKey } from './team.ts';

interface Handed {
  name: string;
  by: TeamKey;
  to: TeamKey;
  words: string;
  /** Days ago. */
  days: number;
  /** Days until sales took it on. */
  accepted?: number;
  returned?: { reasonId: string; words: string };
  /** Days until somebody was in touch. */
  followed?: number;
}

/** Leads that went from marketing to sales: one for each thing that can come of it. */
const HANDED: readonly Handed[] = [
  {
    ...{ name: 'Marco Ortiz', by: 'mia', to: 'daniel', days: 0 },
    words: 'Has read three cases this week and asks what the first month looks like.',
  },
  {
    ...{ name: '山田 太郎', by: 'hana', to: 'raj', days: 1, accepted: 0 },
    words: 'Writes English. Wants to see the dock view before he talks to IT.',
  },
  {
    ...{ name: 'Ирина Кузнецова', by: 'mia', to: 'raj', days: 12 },
    words: 'Downloaded the guide twice.',
    returned: { reasonId: 'timing', words: 'The depot moves first. Ask again in spring.' },
  },
  {
    ...{ name: 'Ann Lee', by: 'mia', to: 'raj', days: 44, accepted: 1, followed: 1 },
    words: 'Named the problem herself: trucks wait at the dock on Mondays.',
  },
];

/** Call it when the people are there. */
export async function writeHandovers(
  trx: Trx,
  workspaceId: string,
  all: Person[],
  clock: Clock,
): Promise<void> {
  const ids = new Map(all.map(({ name, id }) => [name, id]));
  const rows = HANDED.flatMap((handed) => {
    const contactId = ids.get(handed.name);
    return contactId === undefined ? [] : rowOf(workspaceId, contactId, handed, clock);
  });
  await trx.insertInto('handover').values(rows).execute();
}

function rowOf(workspaceId: string, contactId: string, handed: Handed, clock: Clock) {
  const { by, to, words, days, accepted, returned, followed } = handed;
  const at = clock.workday(days, 9, 20);
  const due = addWorking(at.getTime(), AGREEMENT.hours * HOUR, AGREEMENT.calendar);
  const after = (more: number) => clock.workday(Math.max(0, days - more), 10, 45);
  const back = returned && {
    ...{ returned_by: TEAM[to].id, returned_at: after(1), reason_id: returned.reasonId },
    reason: AGREEMENT.reasons.find(({ id }) => id === returned.reasonId)?.label ?? null,
    answer: returned.words,
  };
  const state = returned
    ? ('returned' as const)
    : followed !== undefined
      ? ('followed' as const)
      : accepted !== undefined
        ? ('accepted' as const)
        : ('offered' as const);
  return {
    ...{ workspace_id: workspaceId, id: sampleId(`handover ${contactId}`), contact_id: contactId },
    ...{ state, to_id: TEAM[to].id, words, at, offered_at: at, due_at: new Date(due) },
    ...{ agreement_revision: 1, created_by: TEAM[by].id, created_at: at },
    accepted_at: accepted === undefined ? null : after(accepted),
    followed_by: followed === undefined ? null : TEAM[to].id,
    followed_at: followed === undefined ? null : after(followed),
    ...back,
  };
}
