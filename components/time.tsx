import { age, exact, when } from '../utils/format.ts';
import { now } from '../utils/now.ts';

interface TimeProps {
  /** ms since epoch or an ISO instant. */
  at: number | string;
  /** `age`: always how long ago; else as one would say it. `past`: it has happened, even where this clock is slow. */
  as?: 'age' | 'when' | 'past';
  class?: string;
}

/** The only thing on screen that changes with the clock. */
export function Time({ at, as = 'when', class: name }: TimeProps) {
  const ms = typeof at === 'number' ? at : Date.parse(at);
  return (
    <time class={name} dateTime={new Date(ms).toISOString()} title={exact(ms)}>
      {as === 'age' ? age(ms, now.value) : when(as === 'past' ? Math.min(ms, now.value) : ms, now.value)}
    </time>
  );
}
