import { DPoP, type DPoPHandle } from 'oauth4webapi';
import type { HeldKey } from '../replica/disk.ts';
import type { Replica } from '../replica/replica.ts';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' };

/** Proves at each request that this browser holds the key. One for each key: it remembers the server's nonce. */
export type Proof = DPoPHandle;

/**
 * A key for a sign-in at `server`, noted as one that is under way. It cannot be taken out of this browser, unless
 * the browser refuses to store such keys.
 */
export async function newKey(replica: Replica, server: string): Promise<HeldKey> {
  const key = await generate(false);
  try {
    await replica.write({ pending: { server, key } });
    if (replica.storage !== 'refused') return key;
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'DataCloneError')) throw error;
  }
  return crypto.subtle.exportKey('jwk', (await generate(true)).privateKey);
}

export async function proofOf(held: HeldKey): Promise<Proof> {
  const key = 'privateKey' in held ? held : await read(held);
  return DPoP({}, key);
}

const generate = (extractable: boolean): Promise<CryptoKeyPair> =>
  crypto.subtle.generateKey(ALGORITHM, extractable, ['sign', 'verify']);

async function read({ key_ops: _, ...jwk }: JsonWebKey): Promise<CryptoKeyPair> {
  const { d: __, ...open } = jwk;
  const [privateKey, publicKey] = await Promise.all([
    crypto.subtle.importKey('jwk', { ...jwk, ext: true }, ALGORITHM, false, ['sign']),
    crypto.subtle.importKey('jwk', { ...open, ext: true }, ALGORITHM, true, ['verify']),
  ]);
  return { privateKey, publicKey };
}
