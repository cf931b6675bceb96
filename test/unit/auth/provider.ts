import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, decodeProtectedHeader, EmbeddedJWK, jwtVerify } from 'jose';
import { idOf } from '../replica/samples.ts';

export const SERVER = 'https://team.example';
const NONCE = 'nonce-1';

interface Issued {
  token: string;
  parent: string | undefined;
  used: boolean;
}

/**
 * A provider as strict as the real one: every proof needs its nonce and the key that the sign-in had; a refresh
 * token is good until a successor of it has been used, then it ends the browser.
 */
export class FakeProvider {
  readonly asked: string[] = [];
  /** What goes wrong with the next answers, in order: `undefined` is nothing. */
  readonly weather: ('lost' | 'down' | 'html' | 'busy' | undefined)[] = [];
  state: 'active' | 'ended' | 'removed' = 'active';
  reason: string | undefined;
  /** As it calls itself. */
  server = SERVER;
  /** Refuses what is good, as a server that was restored from a backup would. */
  forgetful = false;
  /** Answers to the device code, in order; then yes. */
  readonly device: string[] = [];
  readonly names: (string | null)[] = [];
  jkt: string | undefined;
  memberId = idOf(2);
  workspaceId = idOf(1);
  browserId = idOf(3);
  /** How many refreshes were granted. */
  refreshes = 0;
  #issued: Issued[] = [];
  #count = 0;
  #codes = new Map<string, string>();

  fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(String(input));
    this.asked.push(url.pathname);
    const weather = this.weather.shift();
    if (weather === 'down') throw new TypeError('network');
    if (weather === 'busy') return new Response('busy', { status: 503 });
    if (weather === 'html')
      return new Response('<p>Log in</p>', { headers: { 'content-type': 'text/html' } });
    const answer = await this.#answer(url, init ?? {});
    if (weather === 'lost') throw new TypeError('network');
    return answer;
  };

  /** The person says yes in the window. */
  approve(address: string): string {
    const asked = new URL(address).searchParams;
    this.names.push(asked.get('browser_name'));
    this.#codes.set('the-code', asked.get('code_challenge') ?? '');
    const back = new URL(asked.get('redirect_uri') ?? '');
    back.search = `${new URLSearchParams({ code: 'the-code', state: asked.get('state') ?? '', iss: `${SERVER}/oidc` })}`;
    return back.href;
  }

  async #answer(url: URL, init: RequestInit): Promise<Response> {
    const oidc = `${this.server}/oidc`;
    if (url.pathname === '/oidc/.well-known/openid-configuration') {
      return Response.json({
        issuer: oidc,
        authorization_endpoint: `${oidc}/auth`,
        token_endpoint: `${oidc}/token`,
        device_authorization_endpoint: `${oidc}/device/auth`,
        authorization_response_iss_parameter_supported: true,
      });
    }
    if (url.pathname === '/v1/pairing') {
      const { workspace, browser } = Object.fromEntries(url.searchParams);
      const known = workspace === this.workspaceId && browser === this.browserId;
      if (!known) return Response.json({ error: { code: 'invalid', message: '…' } }, { status: 400 });
      return Response.json({ state: this.state, ...(this.reason && { reason: this.reason }) });
    }
    if (url.pathname === '/v1/sign-out') {
      this.state = 'ended';
      return Response.json({});
    }
    if (url.pathname === '/oidc/device/auth') {
      return Response.json({
        device_code: 'device',
        user_code: 'ABCD-EFGH',
        verification_uri: `${SERVER}/device`,
        expires_in: 900,
        interval: 5,
      });
    }
    if (url.pathname !== '/oidc/token') return new Response('', { status: 404 });
    return this.#token(new URLSearchParams(String(init.body)), new Headers(init.headers));
  }

  async #token(body: URLSearchParams, headers: Headers): Promise<Response> {
    const no = (error: string, status = 400) =>
      Response.json({ error }, { status, headers: { 'dpop-nonce': NONCE } });
    const proof = headers.get('dpop') ?? '';
    const { payload } = await jwtVerify(proof, EmbeddedJWK, { typ: 'dpop+jwt' });
    if (payload.nonce !== NONCE) return no('use_dpop_nonce');
    const jkt = await calculateJwkThumbprint(decodeProtectedHeader(proof).jwk ?? {});
    const grant = body.get('grant_type');
    if (grant === 'refresh_token') {
      if (jkt !== this.jkt || this.forgetful || this.state !== 'active') return no('invalid_grant');
      const shown = this.#issued.find(({ token }) => token === body.get('refresh_token'));
      if (!shown || this.#issued.some(({ parent, used }) => parent === shown.token && used)) {
        this.state = 'ended';
        this.reason = 'reuse';
        return no('invalid_grant');
      }
      shown.used = true;
      this.refreshes += 1;
      return this.#give(shown.token);
    }
    if (grant === 'authorization_code') {
      const challenge = createHash('sha256')
        .update(body.get('code_verifier') ?? '')
        .digest('base64url');
      if (body.get('code') !== 'the-code' || this.#codes.get('the-code') !== challenge)
        return no('invalid_grant');
    } else {
      const next = this.device.shift();
      if (next) return no(next);
    }
    this.jkt = jkt;
    this.state = 'active';
    this.#issued = [];
    return this.#give(undefined);
  }

  #give(parent: string | undefined): Response {
    this.#count += 1;
    const token = `refresh-${this.#count}`;
    this.#issued.push({ token, parent, used: false });
    const claims = { sub: this.memberId, wid: this.workspaceId, bid: this.browserId, n: this.#count };
    return Response.json({
      access_token: `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`,
      refresh_token: token,
      token_type: 'DPoP',
      expires_in: 600,
    });
  }
}
