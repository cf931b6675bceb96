import type { Draft } from '../../utils/contract/definition.ts';
import { SIDES } from '../../utils/contract/definition.ts';
import { type MessageKey, t } from '../../utils/i18n.ts';
import { needLabel } from '../needs.ts';
import { TEAM_LABELS } from '../team.tsx';

/** Something of a definition in words; absent: nothing is said of it. */
export interface Difference {
  name: MessageKey;
  before?: string;
  after?: string;
}

const SAYS = {
  sales: { does: 'salesDoes', doesNot: 'salesDoesNot' },
  marketing: { does: 'marketingDoes', doesNot: 'marketingDoesNot' },
} as const;

function wordsOf(draft: Draft | undefined): [MessageKey, string | undefined][] {
  return [
    ['definitionLabel', draft?.label],
    ['whoLeads', draft && t(TEAM_LABELS[draft.team])],
    ['meaning', draft?.definition],
    ...SIDES.flatMap((side): [MessageKey, string | undefined][] => [
      [SAYS[side].does, draft?.[side]?.does],
      [SAYS[side].doesNot, draft?.[side]?.doesNot],
    ]),
    ['entryWhen', draft?.entry],
    ['exitWhen', draft?.exit],
    ['needsOf', draft?.needs?.map(needLabel).join(', ')],
    ['inUse', draft && t(draft.retired ? 'noLongerUsed' : 'used')],
  ];
}

type Words = [name: MessageKey, words: string | undefined][];

/** What is said otherwise, name by name; both have the same names in the same order. */
export function differing(before: Words, after: Words): Difference[] {
  const then = new Map(after);
  return before.flatMap(([name, words]) => {
    const [now, next] = [words || undefined, then.get(name) || undefined];
    return now === next ? [] : [{ name, ...(now && { before: now }), ...(next && { after: next }) }];
  });
}

/**
 * What of a definition would be otherwise, in the order of its form.
 * @param before undefined: there is none yet, and all that is said is new
 * @param order its present place
 */
export function differencesOf(before: Draft | undefined, after: Draft, order?: number): Difference[] {
  const place = (at: number | undefined): Words => [['place', at === undefined ? undefined : String(at)]];
  const words = differing(
    [...wordsOf(before), ...place(order)],
    [...wordsOf(after), ...place(after.order ?? order)],
  );
  // That a new one is in use goes without saying.
  return words.filter(({ name }) => name !== 'inUse' || before !== undefined || after.retired);
}
