import fc from 'fast-check';
import type { Weather } from './network.ts';

export const KINDS = ['pin', 'edit', 'toggle', 'touch', 'stage', 'task', 'done', 'add'] as const;
export const SERVER = ['remake', 'rotate', 'retag', 'forget', 'import', 'rename', 'erase', 'role'] as const;

/** What may happen next. `at`: in which browser; `pick`: chooses among what there is then. */
export type Step =
  | { do: 'write'; at: number; kind: (typeof KINDS)[number]; pick: number }
  | { do: 'mend' | 'look' | 'open'; at: number; pick: number }
  | { do: 'wake' | 'warm' | 'restart'; at: number }
  | { do: 'live'; at: number; on: boolean }
  | { do: 'hear'; at: number; lost: boolean }
  | { do: 'crash'; at: number; writes: number; done: boolean }
  | { do: 'skew'; at: number; hours: number }
  | { do: 'wait'; seconds: number }
  | { do: 'weather'; weather: Weather }
  | { do: 'pass'; letters: number }
  | { do: 'server'; what: (typeof SERVER)[number]; pick: number };

export interface Series {
  /** Of all that chance decides while it runs. */
  seed: number;
  /** Schedules, each of which begins where the one before has ended well. */
  schedules: Step[][];
}

const at = fc.nat(4);
const pick = fc.nat(999);
const say = <T extends string>(name: T) => fc.constant(name);
const often = (weight: number, arbitrary: fc.Arbitrary<Step>) => ({ weight, arbitrary });

const step: fc.Arbitrary<Step> = fc.oneof(
  often(
    30,
    fc.record({
      ...{ do: say('write'), at, pick },
      kind: fc.constantFrom(...KINDS, 'pin' as const, 'edit' as const, 'edit' as const, 'touch' as const),
    }),
  ),
  often(40, fc.record({ do: say('pass'), letters: fc.integer({ min: 1, max: 25 }) })),
  often(10, fc.record({ do: say('wake'), at })),
  often(12, fc.record({ do: say('look'), at, pick })),
  often(5, fc.record({ do: say('open'), at, pick })),
  often(2, fc.record({ do: say('warm'), at })),
  often(4, fc.record({ do: say('mend'), at, pick })),
  often(2, fc.record({ do: say('live'), at, on: fc.boolean() })),
  often(6, fc.record({ do: say('hear'), at, lost: fc.boolean() })),
  often(4, fc.record({ do: say('restart'), at })),
  often(6, fc.record({ do: say('crash'), at, writes: fc.integer({ min: 1, max: 4 }), done: fc.boolean() })),
  often(3, fc.record({ do: say('skew'), at, hours: fc.integer({ min: -24, max: 24 }) })),
  often(4, fc.record({ do: say('wait'), seconds: fc.constantFrom(1, 6, 40, 700, 90_000) })),
  often(6, fc.record({ do: say('weather'), weather: fc.constantFrom('calm', 'rough', 'storm') })),
  often(7, fc.record({ do: say('server'), what: fc.constantFrom(...SERVER), pick })),
);

const schedule = fc.array(step, { minLength: 12, maxLength: 60, size: 'max' });

/** So many schedules, one after the other in one workspace. */
export const seriesOf = (length: number): fc.Arbitrary<Series> =>
  fc.record({
    seed: fc.integer(),
    schedules: fc.array(schedule, { minLength: length, maxLength: length, size: 'max' }),
  });
