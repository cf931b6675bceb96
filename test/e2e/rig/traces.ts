import { createHash, createHmac } from 'node:crypto';

/** Somebody on a page, whose every part occurs nowhere else. */
export interface Unknown {
  name: string;
  address: string;
}

/** A form in which an address could get out, and what it looks like then. */
interface Needle {
  form: string;
  text: string;
  address: string;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** The same people in every run. */
export function unknowns(count: number): Unknown[] {
  return Array.from({ length: count }, (_, index) => {
    const bytes = createHash('sha256').update(`stranger ${index}`).digest();
    const word = (from: number, length: number) =>
      [...bytes.subarray(from, from + length)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
    const [first, last] = [word(0, 7), word(7, 9)];
    const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
    const address = `${first}.${word(16, 6)}@${last}${word(22, 6)}.example`;
    return { name: `${capital(first)}q ${capital(last)}z`, address };
  });
}

const hashes = (key: Buffer): Record<string, (text: string) => Buffer> => ({
  'HMAC under the key': (text) => createHmac('sha256', key).update(text).digest(),
  'SHA-256': (text) => createHash('sha256').update(text).digest(),
  'SHA-1': (text) => createHash('sha1').update(text).digest(),
  MD5: (text) => createHash('md5').update(text).digest(),
});

/** What a longer text in base64 has of this one, wherever it starts in it. */
function inBase64(text: string): string[] {
  return [0, 1, 2].map((shift) => {
    const whole = Buffer.from('\0'.repeat(shift) + text).toString('base64');
    return whole.replace(/=+$/, '').slice(shift === 0 ? 0 : shift + 1, -1);
  });
}

const urlSafe = (base64: string) => base64.replaceAll('+', '-').replaceAll('/', '_');

function plainForms(text: string): [form: string, text: string][] {
  const utf16 = Buffer.from(text, 'utf16le');
  return [
    ['plain', text],
    ['for an address', encodeURIComponent(text)],
    ['reversed', [...text].reverse().join('')],
    ['hex', Buffer.from(text).toString('hex')],
    ['UTF-16', utf16.toString('latin1')],
    ['UTF-16 in hex', utf16.toString('hex')],
    ['UTF-16 as JSON writes it', [...text].map((one) => `${one}\\u0000`).join('')],
    ...inBase64(text).map((base64): [string, string] => ['base64', base64]),
    ...inBase64(utf16.toString('latin1')).map((base64): [string, string] => ['UTF-16 in base64', base64]),
  ];
}

function hashForms(text: string, key: Buffer): [form: string, text: string][] {
  return Object.entries(hashes(key)).flatMap(([name, hash]): [string, string][] => {
    const digest = hash(text);
    const base64 = digest.toString('base64');
    // A whole digest begins with the same.
    return [
      [`${name}, 48 bits in hex`, digest.subarray(0, 6).toString('hex')],
      [`${name}, 48 bits as a number`, String(digest.readUIntBE(0, 6))],
      [`${name}, base64`, base64.slice(0, 8)],
      [`${name}, base64 for an address`, urlSafe(base64.slice(0, 8))],
    ];
  });
}

const SHORTEST = 6;

/** Finds people in texts, in whatever form. */
export class Traces {
  readonly needles: Needle[] = [];
  readonly #byStart = new Map<string, Needle[]>();
  readonly #short = new Map<string, Needle>();

  /** @param key the workspace's, which match keys are tagged with */
  constructor(people: Unknown[], key: Buffer) {
    for (const { name, address } of people) {
      const add = (form: string, text: string) => this.needles.push({ form, text, address });
      const [local = '', domain = ''] = address.split('@');
      for (const [form, text] of plainForms(address)) add(form, text);
      for (const part of [local, domain, name, name.toLowerCase()]) add('a part alone', part);
      for (const subject of [address, `email:${address}`, domain, `domain:${domain}`]) {
        for (const [form, text] of hashForms(subject, key)) add(form, text);
        for (const [form, hash] of Object.entries(hashes(key))) {
          const text = hash(subject).toString('hex').slice(0, 8);
          this.#short.set(text, { form: `${form}, 8 hex digits`, text, address });
        }
      }
    }
    for (const needle of this.needles) {
      const start = needle.text.slice(0, SHORTEST);
      this.#byStart.set(start, [...(this.#byStart.get(start) ?? []), needle]);
    }
  }

  /** Whoever is in there, and how. Case counts in base64 only. */
  find(text: string): Needle[] {
    const found = new Set<Needle>();
    for (const read of new Set([text, text.toLowerCase()])) {
      for (let at = 0; at + SHORTEST <= read.length; at += 1) {
        for (const needle of this.#byStart.get(read.slice(at, at + SHORTEST)) ?? []) {
          if (read.startsWith(needle.text, at)) found.add(needle);
        }
      }
    }
    return [...found];
  }

  /** The same of what a random number has by chance now and then: eight hex digits that stand alone. */
  findShort(text: string): Needle[] {
    const alone = text.toLowerCase().match(/(?<![0-9a-f])[0-9a-f]{8}(?![0-9a-f])/g) ?? [];
    return alone.map((token) => this.#short.get(token)).filter((needle) => needle !== undefined);
  }

  /** A text with each form of one person in it, to see that it is found. */
  get short(): Needle[] {
    return [...this.#short.values()];
  }
}
