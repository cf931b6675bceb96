import { Trouble } from '../trouble.ts';

/** Why the browser would not keep what somebody wrote. */
export function notSaved(cause?: unknown): Trouble {
  return isFull(cause)
    ? new Trouble('full', 'no room left', { cause })
    : new Trouble('storage', 'storage refused', { cause });
}

export function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}
