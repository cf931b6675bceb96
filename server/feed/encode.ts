import type { ChangesAnswer } from '../../utils/contract/change.ts';

/** How every stream begins, at once, so that whoever asked knows that nothing between holds it back. */
export const HELLO = Buffer.from('event: hello\ndata: {}\n\n');

/** A comment, which keeps what is between from taking the stream for dead. */
export const BEAT = Buffer.from(':\n\n');

/** Why a stream will not come again. */
export type Farewell = 'removed' | 'ended';

export const bye = (code: Farewell): Buffer => Buffer.from(`event: bye\ndata: {"code":"${code}"}\n\n`);

/** A page of the feed as an event: all changes in (since, version], unless it says `reset`. */
export function changesEvent(
  since: number,
  { version, changes, reset }: Omit<ChangesAnswer, 'more'>,
): Buffer {
  const data = JSON.stringify({ since, version, changes, ...(reset && { reset }) });
  return Buffer.from(`event: changes\nid: ${version}\ndata: ${data}\n\n`);
}
