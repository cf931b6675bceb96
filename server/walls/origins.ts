import { cors } from 'hono/cors';
import { createMiddleware } from 'hono/factory';
import { VERSION_HEADER } from '../../utils/contract/routes.ts';
import { TAGS_HEADERS } from '../../utils/contract/tags.ts';
import { Refusal } from '../routes/problem.ts';
import type { Env } from '../routes/types.ts';
import { setHeader } from './headers.ts';

/** Firefox makes up an origin for each installation, so its form is all that is known before pairing. */
const FIREFOX = /^moz-extension:\/\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const EXPOSED = [
  ...[VERSION_HEADER, ...Object.values(TAGS_HEADERS)],
  ...['etag', 'retry-after', 'x-request-id'],
].join(',');

export interface Origins {
  /** Could be our extension's: one of Chromium's ids, or any installation in Firefox. */
  isOurs(origin: string): boolean;
  /** One of Chromium's ids. */
  isConfigured(origin: string): boolean;
}

export function createOrigins(extensionIds: readonly string[]): Origins {
  const configured = new Set(extensionIds.map((id) => `chrome-extension://${id}`));
  const isConfigured = (origin: string) => configured.has(origin);
  return { isConfigured, isOurs: (origin) => isConfigured(origin) || FIREFOX.test(origin) };
}

/** Pages of our extension may read our answers; other extensions and pages of the web may not even ask. */
export function extensionsOnly({ isOurs }: Origins) {
  const preflight = cors({
    origin: (origin) => (isOurs(origin) ? origin : null),
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['authorization', 'content-type', 'if-none-match'],
    maxAge: 600,
  });
  return createMiddleware<Env>(async (c, next) => {
    const origin = c.req.header('origin');
    if (c.req.method === 'OPTIONS') {
      const answer = await preflight(c, next);
      const asked = c.req.header('access-control-request-private-network') === 'true';
      if (asked && isOurs(origin ?? '')) answer?.headers.set('access-control-allow-private-network', 'true');
      return answer;
    }
    if (origin === undefined) return next();
    if (!isOurs(origin)) throw foreign();
    // Before the answer is made: Hono's own sets them on one that is there, which is then made twice.
    setHeader(c, 'access-control-allow-origin', origin);
    setHeader(c, 'access-control-expose-headers', EXPOSED);
    return next();
  });
}

export const foreign = () =>
  new Refusal(403, 'origin', 'This request does not come from the extension that was let in.');
