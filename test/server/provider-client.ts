import * as oauth from 'oauth4webapi';
import { CLIENT_ID } from '../../server/sign-in/extensions.ts';

/** Chromium's, as the manifest's key pins it. */
export const REDIRECT = 'https://agioebjiifimchggbdaofkjbeienkojl.chromiumapp.org/';
export const EXTENSION = 'chrome-extension://agioebjiifimchggbdaofkjbeienkojl';

const none = oauth.None();

/** Plays a browser: keeps cookies by path, and follows redirects until it reaches a page or the extension. */
export function createBrowser(headers: Record<string, string> = {}) {
  const jar = new Map<string, { value: string; path: string; host: string }>();
  const browser = {
    jar,
    async fetch(url: string, init: { form?: Record<string, string>; origin?: string } = {}) {
      const at = new URL(url);
      const cookies = [...jar]
        .filter(
          ([, { path, host }]) => at.host === host && `${at.pathname}/`.startsWith(path.replace(/\/?$/, '/')),
        )
        .map(([key, { value }]) => `${key.split(' ')[0]}=${value}`);
      const response = await fetch(url, {
        redirect: 'manual',
        method: init.form ? 'POST' : 'GET',
        headers: {
          accept: 'text/html',
          ...headers,
          cookie: cookies.join('; '),
          ...(init.form && {
            origin: init.origin ?? at.origin,
            'sec-fetch-site': init.origin === undefined ? 'same-origin' : 'cross-site',
          }),
        },
        ...(init.form && { body: new URLSearchParams(init.form) }),
      });
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        const path = /;\s*path=([^;]*)/i.exec(line)?.[1] ?? '/';
        const key = `${name} ${path} ${at.host}`;
        if (value === '') jar.delete(key);
        else jar.set(key, { value, path, host: at.host });
      }
      return response;
    },
    /** The page at the end of the redirects, or where they leave for the extension. */
    async open(url: string, init: { form?: Record<string, string>; origin?: string } = {}): Promise<Page> {
      let response = await browser.fetch(url, init);
      let at = url;
      for (let hops = 0; response.status >= 300 && response.status < 400 && hops < 12; hops += 1) {
        at = new URL(response.headers.get('location') ?? '', at).href;
        if (at.startsWith(REDIRECT)) return { url: at, status: 0, text: '', headers: response.headers };
        response = await browser.fetch(at);
      }
      return { url: at, status: response.status, text: await response.text(), headers: response.headers };
    },
  };
  return browser;
}

export interface Page {
  /** Of the extension's own address, when it got there. */
  url: string;
  /** 0: handed to the extension. */
  status: number;
  text: string;
  headers: Headers;
}

export type Browser = ReturnType<typeof createBrowser>;

/** The fields of a page's form as it is sent by its button, besides what a person writes. */
export function hiddenFields({ text }: Page): Record<string, string> {
  const fields = text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g);
  return Object.fromEntries([...fields].map(([, name, value]) => [name ?? '', value ?? '']));
}

export type Tokens = oauth.TokenEndpointResponse;

export interface ExtensionOptions {
  origin?: string;
  /** Where requests go in place of the public address: another process of the same server. */
  via?: string;
  /** Seconds by which its computer's clock is off. */
  clockOff?: number;
}

/** Plays the extension's background: PKCE, DPoP, the token endpoint. */
export async function createExtension(
  url: string,
  { origin = EXTENSION, via = url, clockOff = 0 }: ExtensionOptions = {},
) {
  const client: oauth.Client = { client_id: CLIENT_ID, [oauth.clockSkew]: clockOff };
  const insecure = {
    [oauth.allowInsecureRequests]: true,
    [oauth.customFetch]: (to: string, init: oauth.CustomFetchOptions<string, unknown>) =>
      fetch(to.replace(url, via), init as RequestInit),
  };
  const issuer = new URL(`${url}/oidc`);
  const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
  const keys = await oauth.generateKeyPair('ES256');
  const DPoP = oauth.DPoP(client, keys);
  const options = () => ({ DPoP, headers: { origin }, ...insecure });
  const verifier = oauth.generateRandomCodeVerifier();

  /** Once more when the server wants a nonce. */
  async function withNonce<T>(job: () => Promise<T>): Promise<T> {
    return job().catch((error: unknown) => {
      if (oauth.isDPoPNonceError(error)) return job();
      throw error;
    });
  }

  return {
    as,
    /** Another process of the server, with the same key and nonce. */
    at: (process: string) => {
      via = process;
    },
    async authorizeUrl(more: Record<string, string> = {}): Promise<string> {
      const at = new URL(as.authorization_endpoint ?? '');
      at.search = new URLSearchParams({
        client_id: CLIENT_ID,
        response_type: 'code',
        redirect_uri: REDIRECT,
        scope: 'offline_access',
        prompt: 'consent',
        resource: `${url}/v1`,
        state: 'state-of-the-extension',
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...more,
      }).toString();
      return at.href;
    },
    exchange(redirected: string, over: { verifier?: string } = {}): Promise<Tokens> {
      const params = oauth.validateAuthResponse(as, client, new URL(redirected), 'state-of-the-extension');
      return withNonce(async () =>
        oauth.processAuthorizationCodeResponse(
          as,
          client,
          await oauth.authorizationCodeGrantRequest(
            as,
            client,
            none,
            params,
            REDIRECT,
            over.verifier ?? verifier,
            options(),
          ),
        ),
      );
    },
    refresh(token: string | undefined): Promise<Tokens> {
      return withNonce(async () =>
        oauth.processRefreshTokenResponse(
          as,
          client,
          await oauth.refreshTokenGrantRequest(as, client, none, token ?? '', options()),
        ),
      );
    },
    async deviceCode(more: Record<string, string> = {}) {
      const parameters = { scope: 'offline_access', resource: `${url}/v1`, ...more };
      return oauth.processDeviceAuthorizationResponse(
        as,
        client,
        await oauth.deviceAuthorizationRequest(as, client, none, parameters, options()),
      );
    },
    byDeviceCode(code: string): Promise<Tokens> {
      return withNonce(async () =>
        oauth.processDeviceCodeResponse(
          as,
          client,
          await oauth.deviceCodeGrantRequest(as, client, none, code, options()),
        ),
      );
    },
    async revoke(token: string): Promise<void> {
      await oauth.processRevocationResponse(
        await oauth.revocationRequest(as, client, none, token, options()),
      );
    },
  };
}

export type Extension = Awaited<ReturnType<typeof createExtension>>;
