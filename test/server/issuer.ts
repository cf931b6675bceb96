import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';

/** Somebody at the company, as its issuer tells of them. */
export interface Employee {
  sub: string;
  email?: string;
  email_verified?: boolean;
  name?: string;
}

export interface Issuer {
  url: string;
  /** Who signs in next; undefined: they press cancel. */
  who: Employee | undefined;
  close(): Promise<void>;
}

/** A company's sign-in on loopback, with nothing to click: whoever comes is `who`. */
export async function startIssuer(redirect: () => string): Promise<Issuer> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256', kid: 'one' };
  const server: Server = createServer((request, response) => void handler?.(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  const url = `http://127.0.0.1:${port}`;
  let handler: ReturnType<Provider['callback']> | undefined;
  const people = new Map<string, Employee>();
  const issuer: Issuer = {
    url,
    who: undefined,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };

  const begin = () =>
    new Provider(url, {
      clients: [
        {
          client_id: 'truce',
          client_secret: 'hush',
          redirect_uris: [redirect()],
          grant_types: ['authorization_code'],
        },
      ],
      jwks: { keys: [jwk] },
      cookies: { keys: ['cookie key'] },
      claims: { email: ['email', 'email_verified'], profile: ['name'] },
      // As thin as some companies' tokens are: the rest is at the userinfo endpoint.
      conformIdTokenClaims: true,
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      findAccount: (_, accountId) => ({
        accountId,
        claims: () => ({ ...people.get(accountId), sub: accountId }),
      }),
    });
  let current: Provider | undefined;
  handler = async (request, response) => {
    current ??= begin();
    const provider = current;
    if (!request.url?.startsWith('/interaction/')) return provider.callback()(request, response);
    if (!issuer.who) {
      return provider.interactionFinished(request, response, { error: 'access_denied' });
    }
    const { sub } = issuer.who;
    people.set(sub, issuer.who);
    const grant = new provider.Grant({ accountId: sub, clientId: 'truce' });
    grant.addOIDCScope('openid email profile');
    const result = { login: { accountId: sub }, consent: { grantId: await grant.save() } };
    return provider.interactionFinished(request, response, result);
  };
  return issuer;
}
