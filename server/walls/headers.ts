import type { ServerResponse } from 'node:http';
import { secureHeaders } from 'hono/secure-headers';

const NOTHING = ["'none'"];

/**
 * Headers of every answer. A page that needs more than nothing sets a policy of its own, which stands.
 * @param url where browsers reach the server
 */
export const guardHeaders = (url: string) =>
  secureHeaders({
    overwrite: false,
    contentSecurityPolicy: {
      defaultSrc: NOTHING,
      baseUri: NOTHING,
      formAction: NOTHING,
      frameAncestors: NOTHING,
    },
    xFrameOptions: 'DENY',
    strictTransportSecurity: url.startsWith('https:') ? 'max-age=31536000; includeSubDomains' : false,
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [] },
  });

/** The same, as far as it fits any answer, for what does not go through Hono. Set before it is begun. */
export function presetHeaders(response: ServerResponse, url: string): void {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('x-frame-options', 'DENY');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  response.setHeader('cache-control', 'no-store');
  if (url.startsWith('https:')) {
    response.setHeader('strict-transport-security', 'max-age=31536000; includeSubDomains');
  }
}
