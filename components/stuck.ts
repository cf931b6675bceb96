import { now } from '../utils/now.ts';
import type { View } from '../utils/view.ts';

/** In step, what waits is gone before one has read it, and would only have moved the card, ms. */
const SOON = 20_000;

/** Whether something waits for longer than it should take. */
export function isStuck({ waiting, outbox, connection }: View): boolean {
  if (waiting === 0) return false;
  const since = outbox[0] && Date.parse(outbox[0].command.at);
  return connection.state !== 'online' || (since !== undefined && now.value - since > SOON);
}
