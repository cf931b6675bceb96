import type { Agreement } from '../contract/agreement.ts';
import { type Handover, stateAt } from '../contract/handover.ts';
import { HOUR, workingBetween } from './working-time.ts';

/** What is left of a handover's time. */
export interface Clock {
  /** `soon`: whose it is has been reminded, or would have been. */
  state: 'running' | 'soon' | 'lapsed';
  /** Working time that is left; of one that has lapsed, that has passed since. ms */
  working: number;
  /** ms since epoch */
  dueAt: number;
}

/** Undefined for a handover whose clock does not run: not yet taken by the server, followed up, sent back, withdrawn. */
export function clockOf(
  handover: Handover,
  { calendar, remindHours }: Pick<Agreement, 'calendar' | 'remindHours'>,
  now: number,
): Clock | undefined {
  const state = stateAt(handover, now);
  if (handover.dueAt === undefined) return undefined;
  const dueAt = Date.parse(handover.dueAt);
  if (state === 'lapsed') return { state, working: workingBetween(dueAt, now, calendar), dueAt };
  if (state !== 'offered' && state !== 'accepted') return undefined;
  const working = workingBetween(now, dueAt, calendar);
  return { state: working <= Math.max(0, ...remindHours) * HOUR ? 'soon' : 'running', working, dueAt };
}

/** How full somebody's hands are. */
export interface Load {
  open: number;
  /** Absent: as many as there are. */
  capacity?: number;
  /** One more would be more than they can take. */
  full: boolean;
}

export function loadOf(open: number, capacity: number | undefined): Load {
  return {
    open,
    ...(capacity !== undefined && { capacity }),
    full: capacity !== undefined && open >= capacity,
  };
}
