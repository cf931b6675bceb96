import type { ServerResponse } from 'node:http';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Env } from '../routes/types.ts';

const POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** What every answer forbids, whoever gives it. @param url where browsers reach the server */
function always(url: string): [string, string][] {
  return [
    ['cache-control', 'no-store'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=()'],
    ['referrer-policy', 'no-referrer'],
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'DENY'],
    ...(url.startsWith('https:')
      ? ([['strict-transport-security', 'max-age=31536000; includeSubDomains']] as [string, string][])
      : []),
  ];
}

/**
 * Headers of every answer; one that sets a header of its own keeps it. Given to Node before the answer is made:
 * to change the headers of one that is there, it would have to be made twice.
 */
export function guardHeaders(url: string) {
  const headers = [
    ...always(url),
    ['content-security-policy', POLICY] as const,
    ['cross-origin-resource-policy', 'same-origin'] as const,
    ['vary', 'Origin'] as const,
  ];
  return createMiddleware<Env>(async (c, next) => {
    const outgoing = c.env?.outgoing;
    for (const [name, value] of headers) outgoing?.setHeader(name, value);
    await next();
    if (outgoing) return;
    for (const [name, value] of headers) if (!c.res.headers.has(name)) c.header(name, value);
  });
}

/** Sets a header in the cheapest way there is, which is before the answer is made. */
export function setHeader(c: Context<Env>, name: string, value: string): void {
  if (c.env?.outgoing) c.env.outgoing.setHeader(name, value);
  else c.header(name, value);
}

/** For what does not go through Hono; call it before the answer is begun. */
export function presetHeaders(response: ServerResponse, url: string): void {
  for (const [name, value] of always(url)) response.setHeader(name, value);
}
