import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';

export interface Sealed {
  keyId: string;
  body: Buffer;
}

/** Encrypts what the database keeps but must not be able to read. */
export interface SecretBox {
  /** Of the key that encrypts. */
  keyId: string;
  /** Of all keys that were given, the one that encrypts first. */
  keyIds: readonly string[];
  /** 32 bytes in hexadecimal that only the first key gives, other ones for each purpose. */
  derive(purpose: string): string;
  seal(name: string, plain: string): Sealed;
  /** @throws with a sentence for people when its key is not among those given, or it was tampered with */
  open(name: string, sealed: Sealed): string;
}

const IV = 12;
const TAG = 16;

/**
 * AES-256-GCM; the secret's name is authenticated, so that one cannot be put in another's place.
 * @param keys 32 bytes each: the first encrypts, all of them decrypt
 */
export function secretBox(keys: readonly Buffer[]): SecretBox {
  const known = new Map(keys.map((key) => [idOf(key), key]));
  const [first] = keys;
  if (!first) throw new Error('[secret-box] there is no key');
  return {
    keyId: idOf(first),
    keyIds: [...known.keys()],
    derive: (purpose) => createHmac('sha256', first).update(`truce ${purpose}`).digest('hex'),
    seal(name, plain) {
      const iv = randomBytes(IV);
      const cipher = createCipheriv('aes-256-gcm', first, iv).setAAD(Buffer.from(name));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return { keyId: idOf(first), body: Buffer.concat([iv, cipher.getAuthTag(), body]) };
    },
    open(name, { keyId, body }) {
      const key = known.get(keyId);
      if (!key) {
        throw new Error(
          `The secret "${name}" was encrypted with a key that the server was not given (${keyId}). ` +
            'Add that key to TRUCE_SECRET_KEY, behind the new one, or restore the file secret.key.',
        );
      }
      const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, IV))
        .setAAD(Buffer.from(name))
        .setAuthTag(body.subarray(IV, IV + TAG));
      return Buffer.concat([decipher.update(body.subarray(IV + TAG)), decipher.final()]).toString('utf8');
    },
  };
}

/** Tells keys apart without saying anything about them. */
const idOf = (key: Buffer): string =>
  createHash('sha256').update('truce key id').update(key).digest('hex').slice(0, 12);
