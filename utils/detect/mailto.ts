import { normalAddress } from '../contract/match-key.ts';
import { cleanName } from './name.ts';

export interface Addressee {
  address: string;
  name?: string;
}

/** By far the most links: one address, nothing encoded, nothing behind it. */
const PLAIN = /^mailto:([\w.+-]+@[\w.-]+)$/i;

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** One entry of an address list: `ann@acme.com`, `Ann Lee <ann@acme.com>`. */
export function readAddressee(entry: string): Addressee | undefined {
  const match = /^(.*?)<([^<>]*)>\s*$/s.exec(entry);
  const raw = (match?.[2] ?? entry).trim().replace(/^(?:mailto:|https?:|\/\/)+/i, '');
  const address = normalAddress(raw);
  if (address === undefined) return undefined;
  const name = cleanName(match?.[1] ?? '', address);
  return name === undefined ? { address } : { address, name };
}

/** The addresses a `mailto:` link writes to, in `to`, `cc` and `bcc` too; empty when it was cut short. */
export function readMailto(href: string): Addressee[] {
  const plain = PLAIN.exec(href)?.[1];
  if (plain !== undefined) {
    const address = normalAddress(plain);
    if (address !== undefined) return [{ address }];
  }
  const [, path = '', query = ''] = /^\s*mailto:([^?#]*)(?:\?([^#]*))?/is.exec(href.slice(0, 4000)) ?? [];
  const lists = [path];
  for (const pair of query.split(/&(?:amp;)?/)) {
    const match = /^(?:to|cc|bcc)=(.*)$/is.exec(pair);
    if (match?.[1]) lists.push(match[1]);
  }
  const found: Addressee[] = [];
  for (const list of lists) {
    // A comma inside an encoded name is `%2C`, so the list is split before it is decoded, if that works out.
    const parts = list.split(/[,;]/).flatMap((part) => {
      const plain = decode(part).trim();
      return readAddressee(plain) ? [plain] : plain.split(/[,;]/);
    });
    for (const part of parts.slice(0, 50)) {
      const one = readAddressee(part);
      if (one && !found.some(({ address }) => address === one.address)) found.push(one);
    }
  }
  return found;
}
