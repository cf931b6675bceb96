import { Trouble } from '../trouble.ts';

/** Why the browser would not keep what somebody wrote. */
export function notSaved(cause?: unknown): Trouble {
  return isFull(cause)
    ? new Trouble('full', 'no room left', { cause })
    : new Trouble('storage', 'storage refused', { cause });
}

/** Whether a write found no room. Browsers say so in various ways, and do not tell it from a disk that fails. */
export function isFull(error: unknown): boolean {
  return error instanceof DOMException && /^(QuotaExceeded|Unknown|Abort)Error$/.test(error.name);
}
