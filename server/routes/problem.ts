import type { Problem } from '../../utils/contract/routes.ts';

export type Status = 400 | 401 | 403 | 404 | 405 | 409 | 410 | 413 | 414 | 429 | 500 | 503;

/** Thrown anywhere under a route: the answer, in words for people. */
export class Refusal extends Error {
  readonly status: Status;
  readonly code: string;
  /** Seconds after which it may be tried again. */
  readonly retryAfter: number | undefined;

  constructor(status: Status, code: string, message: string, retryAfter?: number) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** @param id the request's, by which the log has it */
  body(id: string): Problem {
    return { error: { code: this.code, message: this.message, id } };
  }
}

/** PostgreSQL is starting, stopping, out of connections or not there. */
const UNREACHABLE = /^(08...|57P0.|53...|ECONN.*|EPIPE|ENOTFOUND|ETIMEDOUT)$/;

/** What anything else that was thrown looks like from outside: never its own text. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const down =
    error instanceof Error &&
    (UNREACHABLE.test(codeOf(error)) || /^(timeout exceeded|Connection terminated)/.test(error.message));
  return down
    ? new Refusal(503, 'unavailable', 'The server cannot reach its database just now. Try again in a moment.')
    : new Refusal(500, 'internal', 'Something went wrong on the server. Nothing was half done: try again.');
}

const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : '';

/** An error for the log: where and what kind. Its message may quote rows, so it stays out. */
export function forLog(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    error: error.name,
    ...(codeOf(error) && { code: codeOf(error) }),
    at: frames.slice(0, 6).map((line) => line.trim()),
    ...(error.cause !== undefined && { cause: forLog(error.cause) }),
  };
}
