import { IncomingMessage } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import type Provider from 'oidc-provider';
import { Refusal } from '../routes/problem.ts';
import type { Env } from '../routes/types.ts';
import { WRONG_CODE } from './screens.ts';

/** Pages at which a sign-in starts or ends; none of them has to know of an earlier one. */
const FRESH = /^\/(?:auth|device)(?:[/?]|$)/;

/** Hands a request below `/oidc` to the OpenID provider, which answers on the socket itself. */
export function mountProvider(provider: Provider, url: string) {
  const handle = provider.callback();
  const { host, pathname, protocol } = new URL(url);
  const base = pathname.replace(/\/$/, '');
  return async (c: Context<Env>): Promise<Response> => {
    const { incoming, outgoing } = c.env ?? {};
    if (!incoming || !outgoing) throw new Refusal(404, 'path', 'There is nothing at this address.');
    const original = incoming.url ?? '/';
    const path = original.slice('/oidc'.length) || '/';
    const presented = preset(path);
    Object.assign(incoming, { originalUrl: `${base}/oidc${presented}`, url: presented });
    // The provider makes its addresses from these, and there is one that browsers come to, whatever they say.
    Object.assign(incoming.headers, {
      host,
      'x-forwarded-proto': protocol.slice(0, -1),
      'x-forwarded-host': host,
    });
    // Every sign-in is one of its own: somebody who was here before may come in to another team, as somebody else.
    if (incoming.method === 'GET' && FRESH.test(path)) dropSession(incoming.headers);
    await handle(incoming.method === 'POST' ? await whole(c, incoming) : incoming, outgoing);
    if (incoming.method === 'POST' && outgoing.statusCode === WRONG_CODE) c.set('guessed', true);
    // A copy, since headers are put on it on the way out.
    return RESPONSE_ALREADY_SENT.clone();
  };
}

/** The request with its body, of which Hono may have read some by now. */
async function whole(c: Context<Env>, incoming: IncomingMessage): Promise<IncomingMessage> {
  const body = Buffer.from(await c.req.arrayBuffer());
  const { method, url, headers, httpVersion } = incoming;
  const originalUrl = 'originalUrl' in incoming ? incoming.originalUrl : url;
  const request = Object.assign(new IncomingMessage(incoming.socket), { method, url, originalUrl, headers });
  // One that is not complete would close the connection when it has been read.
  Object.assign(request, { httpVersion, complete: true });
  request.push(body);
  request.push(null);
  return request;
}

/**
 * A code in the address is filled in, and sent by the person's own click. A sign-in that goes on takes nothing
 * from the address: the provider stumbles over what it does not expect there.
 */
function preset(path: string): string {
  if (/^\/auth\/./.test(path)) return path.replace(/\?.*$/, '');
  return path.replace(/^(\/device\?(?:.*&)?)user_code=/, '$1code=');
}

function dropSession(headers: { cookie?: string | undefined }): void {
  const kept = (headers.cookie ?? '')
    .split(/;\s*/)
    .filter((cookie) => cookie !== '' && !/^_session(\.\w+)*=/.test(cookie));
  headers.cookie = kept.join('; ');
}
