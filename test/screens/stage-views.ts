import type { View } from '../../utils/view.ts';

/** Stages that are no longer chosen, and such as take much room. */
export const stageViews = (mail: View) =>
  ({
    retiredStage: {
      ...mail,
      people: [],
      strangers: mail.strangers.map((one) => ({ ...one, focus: true })),
      stages: mail.stages.map((one) => (one.label === 'Lead' ? { ...one, retired: true } : one)),
    },
    longStage: {
      ...mail,
      stages: mail.stages.map((one) => ({
        ...one,
        label: 'Donaudampfschifffahrtsgesellschaftskapitänsangelegenheiten, sehr weit fortgeschritten',
        definition: 'x'.repeat(300),
        sales: { does: 'Schifffahrtsgesellschaft'.repeat(12), doesNot: 'שולח הצעות מחיר בלי לשאול' },
      })),
      types: mail.types.map((one) => ({ ...one, label: 'Kapitänsangelegenheiten'.repeat(2) })),
    },
  }) satisfies Record<string, View>;
