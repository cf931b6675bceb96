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

/**
 * What of a definition would be otherwise, in the order of its form.
 * @param before undefined: there is none yet, and all that is said is new
 * @param order its present place
 */
export function differencesOf(before: Draft | undefined, after: Draft, order?: number): Difference[] {
  const then = new Map(wordsOf(after));
  const words = wordsOf(before).map(([name, now]) => ({ name, now, next: then.get(name) }));
  const place =
    after.order === undefined || after.order === order
      ? []
      : [
          {
            name: 'place' as const,
            now: order === undefined ? undefined : String(order),
            next: String(after.order),
          },
        ];
  return [...words, ...place].flatMap(({ name, now, next }) => {
    if ((now || undefined) === (next || undefined)) return [];
    // That a new one is in use goes without saying.
    if (name === 'inUse' && !before && !after.retired) return [];
    return [{ name, ...(now && { before: now }), ...(next && { after: next }) }];
  });
}
