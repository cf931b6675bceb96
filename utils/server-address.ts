/** Where to sign in, and the invitation that was given for it. */
export interface Place {
  /** Without a slash at the end. */
  server: string;
  invitation?: string;
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

/** What was typed or pasted: a server's address, or an invitation's link (`<server>/join#<secret>`). */
export function placeOf(typed: string): Place | undefined {
  const [before = '', secret] = typed.trim().split('#');
  const address = serverAddress(before);
  if (address === undefined || secret === undefined)
    return address === undefined ? undefined : { server: address };
  const link = /^(.*)\/join$/.exec(address)?.[1];
  return link !== undefined && /^[\w-]{8,200}$/.test(secret)
    ? { server: link, invitation: secret }
    : undefined;
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
