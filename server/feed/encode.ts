import type { ChangesAnswer } from '../../utils/contract/change.ts';

/** What goes to all listeners of an event, made once: as it is, and as a chunk of HTTP's chunked encoding. */
export interface Piece {
  bytes: Buffer;
  chunk: Buffer;
}

export function piece(text: string | Buffer): Piece {
  const bytes = Buffer.from(text);
  const head = Buffer.from(`${bytes.length.toString(16)}\r\n`);
  const chunk = Buffer.concat([head, bytes, Buffer.from('\r\n')]);
  return { bytes: chunk.subarray(head.length, -2), chunk };
}

/** How every stream begins, at once, so that whoever asked knows that nothing between holds it back. */
export const HELLO = Buffer.from('event: hello\ndata: {}\n\n');

/** A comment, which keeps what is between from taking the stream for dead. */
export const BEAT = piece(':\n\n');

/** Why a stream will not come again. */
export type Farewell = 'removed' | 'ended';

export const bye = (code: Farewell): Buffer => Buffer.from(`event: bye\ndata: {"code":"${code}"}\n\n`);

/** A page of the feed as an event: all changes in (since, version], unless it says `reset`. */
export function changesEvent(since: number, { version, changes, reset }: Omit<ChangesAnswer, 'more'>): Piece {
  const data = JSON.stringify({ since, version, changes, ...(reset && { reset }) });
  return piece(`event: changes\nid: ${version}\ndata: ${data}\n\n`);
}
