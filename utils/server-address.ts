/** What the options need to reach a server: its address without a slash at the end, and the access token. */
export interface Access {
  server: string;
  token: string;
}

const LOCAL = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** `truce.acme.example` → `https://truce.acme.example`; undefined when it is no http address. */
export function serverAddress(typed: string): string | undefined {
  const trimmed = typed.trim();
  if (trimmed === '' || /\s/.test(trimmed)) return undefined;
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed);
  const guess = URL.parse(withScheme ? trimmed : `https://${trimmed}`);
  const url = !withScheme && guess && LOCAL.test(guess.hostname) ? URL.parse(`http://${trimmed}`) : guess;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '') return undefined;
  if (!url.hostname.includes('.') && !LOCAL.test(url.hostname) && !withScheme) return undefined;
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** Server and token from JSON or `server=…&token=…`, percent-encoded or not. */
function read(text: string): Access | undefined {
  const fromJson = (json: string): Access | undefined => {
    try {
      const value: unknown = JSON.parse(json);
      if (typeof value !== 'object' || value === null) return undefined;
      const { server, token } = value as Record<string, unknown>;
      return typeof server === 'string' && typeof token === 'string' ? { server, token } : undefined;
    } catch {
      return undefined;
    }
  };
  const fromQuery = (query: string): Access | undefined => {
    const params = new URLSearchParams(query);
    const [server, token] = [params.get('server'), params.get('token')];
    return server && token ? { server, token } : undefined;
  };
  let decoded = text;
  try {
    decoded = decodeURIComponent(text);
  } catch {
    // Not encoded, then.
  }
  return fromJson(text) ?? fromJson(decoded) ?? fromQuery(text) ?? fromQuery(decoded);
}

/**
 * A connection link as it is pasted, or the hash of the options' own address: `…#connect=…`, the same without
 * what stands before it, or a server's address with `#token=…`. Undefined when it is none of these.
 */
export function connectionLink(typed: string): Access | undefined {
  const text = typed.trim();
  const marker = text.indexOf('#connect=');
  const access = read(marker >= 0 ? text.slice(marker + '#connect='.length) : text);
  const url = access ? undefined : URL.parse(text);
  const token = url && new URLSearchParams(url.hash.slice(1)).get('token');
  const found = access ?? (url && token ? { server: `${url.origin}${url.pathname}`, token } : undefined);
  const server = found && serverAddress(found.server);
  return found && server && found.token.trim() !== '' ? { server, token: found.token.trim() } : undefined;
}

/** The match pattern for a site named by its address or host, as browsers ask permission for it. */
export function originPattern(typed: string): string | undefined {
  const address = serverAddress(typed);
  const url = address === undefined ? null : URL.parse(address);
  // Firefox knows no ports in match patterns; without one, a pattern means every port.
  return url ? `${url.protocol}//${url.hostname}/*` : undefined;
}

/** The host in an address, for a button's label; the address itself when it is none. */
export const hostOf = (address: string): string => URL.parse(address)?.host ?? address;
