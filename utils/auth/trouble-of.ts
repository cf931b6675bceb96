import { Trouble } from '../trouble.ts';
import { ownName } from './own-name.ts';

/** ms that a server has to answer. */
export const PATIENCE = 10_000;

/**
 * What went wrong on the way to the OpenID provider: `offline` when it may be better later, `strange` when
 * something else than a Truce server answers.
 */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof Trouble) return error;
  const passing = isPassing(error);
  const cause = { cause: error };
  return passing
    ? new Trouble('offline', 'sign-in: no answer', cause)
    : new Trouble('strange', 'sign-in: no such server', { ...cause, callsItself: ownName(error) });
}

function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // An answer that this library cannot read is the cause; so is what broke an answer off.
  const status = statusOf(error) ?? statusOf(error.cause);
  if (status !== undefined) return status >= 500 || status === 429 || status === 408;
  const broken = error.cause instanceof Error && !(error.cause instanceof SyntaxError);
  return broken || (!('code' in error) && error instanceof TypeError) || error instanceof DOMException;
}

function statusOf(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('status' in value)) return undefined;
  return typeof value.status === 'number' ? value.status : undefined;
}
