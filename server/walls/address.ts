import { BlockList, isIP, isIPv6 } from 'node:net';

/** Where a request comes from, as the socket and the header have it. */
export interface Origin {
  /** The socket's other end; undefined when there is none, as in tests. */
  remote: string | undefined;
  /** `X-Forwarded-For`, all of its lines joined by commas. */
  forwarded: string | undefined;
}

/** The address of whoever asks, in its normal form; `unknown` when it cannot be told. */
export type AddressOf = (origin: Origin) => string;

const HOPS = /^[1-9]$/;

/** Whether TRUCE_TRUSTED_PROXIES can be read. */
export function isTrusted(text: string): boolean {
  if (text === '' || HOPS.test(text)) return true;
  try {
    listOf(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Only `X-Forwarded-For` is read, from its end, where our own proxies write: what stands before that may be
 * anybody's invention, and so may every other header of the kind, since a proxy passes on those it does not know.
 * @param trusted how many proxies there are, or their addresses; empty: none
 */
export function addressOf(trusted: string): AddressOf {
  if (trusted === '') return ({ remote }) => normal(remote) ?? 'unknown';
  if (HOPS.test(trusted)) return (origin) => furthest(origin, (hop) => hop <= Number(trusted));
  const proxies = listOf(trusted);
  return (origin) => furthest(origin, (_, nearer) => proxies.check(nearer, isIPv6(nearer) ? 'ipv6' : 'ipv4'));
}

/** Walks from the socket towards the client for as long as the nearer one may be believed. */
function furthest({ remote, forwarded }: Origin, believed: (hop: number, nearer: string) => boolean): string {
  let nearer = normal(remote);
  if (nearer === undefined) return 'unknown';
  const chain = (forwarded ?? '').split(',').reverse();
  for (const [index, text] of chain.entries()) {
    if (!believed(index + 1, nearer)) return nearer;
    const next = normal(text);
    if (next === undefined) return nearer;
    nearer = next;
  }
  return nearer;
}

function listOf(text: string): BlockList {
  const list = new BlockList();
  for (const part of text.split(',')) {
    const [address = '', length] = part.trim().split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (length === undefined) list.addAddress(address, family);
    else if (/^\d{1,3}$/.test(length)) list.addSubnet(address, Number(length), family);
    else throw new Error('[address] no prefix length');
  }
  return list;
}

/** `[2001:DB8::1]:443`, `"1.2.3.4:5"` and `::ffff:1.2.3.4` as one writes them; undefined when it is no address. */
function normal(text: string | undefined): string | undefined {
  const bare = (text ?? '')
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .replace(/%[\w.-]+(?=\]|$)/, '');
  const [, inside] = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(bare) ?? [];
  const address = inside ?? bare.replace(/^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/, '$1');
  if (!isIPv6(address)) return isIP(address) === 4 ? address : undefined;
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short) ?? [];
  if (high === undefined || low === undefined) return short;
  const bits = Number.parseInt(high, 16) * 65_536 + Number.parseInt(low, 16);
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.');
}

/** What limits count by: an IPv6 customer has a whole /64 and could take another address for every request. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array<string>(zeros).fill('0'), ...after].slice(0, 4).join(':');
}
