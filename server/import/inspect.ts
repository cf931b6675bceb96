import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import chardet from 'chardet';
import iconv from 'iconv-lite';
import { whyNotCsv } from './not-csv.ts';
import { ImportRefusal } from './refusal.ts';

export interface Inspected {
  path: string;
  bytes: number;
  /** SHA-256 of the content: the same file, whatever it is called. */
  hash: Buffer;
  /** When the file was last written: as old as what it says. */
  writtenAt: Date;
  /** A name that iconv-lite knows. */
  encoding: string;
  /** Bytes that are no letters in this encoding. */
  damaged: number;
}

const HEAD = 65_536;
/** Bytes of other letters kept for guessing an encoding. */
const FOREIGN_MAX = 200_000;

/**
 * Reads a file once, in bounded memory, to tell whether it is text and how it is written.
 * @throws ImportRefusal when it cannot be read or is no CSV
 */
export async function inspect(path: string): Promise<Inspected> {
  const { size, mtime } = await look(path);
  const head = await readHead(path);
  const wide = bom(head) ?? wideWithoutBom(head);
  const why = whyNotCsv(head, wide?.startsWith('utf-16') ?? false);
  if (why !== undefined) throw new ImportRefusal(`${path} ${why}`);
  const hash = createHash('sha256');
  const decoder = new TextDecoder('utf-8');
  const foreign: Buffer[] = [];
  let kept = 0;
  let letters = 0;
  let damaged = 0;
  const take = (text: string) => {
    letters += text.match(/\P{ASCII}/gu)?.length ?? 0;
    damaged += text.match(/\ufffd/g)?.length ?? 0;
  };
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    if (wide?.startsWith('utf-16')) continue;
    const before = letters;
    take(decoder.decode(chunk, { stream: true }));
    if (letters > before && kept < FOREIGN_MAX) {
      foreign.push(chunk);
      kept += chunk.length;
    }
  }
  take(decoder.decode());
  const utf8 = wide === 'utf-8' || damaged === 0 || damaged * 20 < letters;
  const encoding = wide ?? (utf8 ? 'utf-8' : guess(Buffer.concat(foreign)));
  return {
    path,
    bytes: size,
    hash: hash.digest(),
    writtenAt: mtime,
    encoding,
    damaged: encoding === 'utf-8' ? damaged : 0,
  };
}

async function look(path: string): Promise<{ size: number; mtime: Date }> {
  try {
    const info = await stat(path);
    if (info.isFile()) return info;
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    throw new ImportRefusal(`${path} ${missing ? 'is not there. Check the name.' : 'cannot be read.'}`, {
      cause,
    });
  }
  throw new ImportRefusal(`${path} is not a file. Name the .csv file itself.`);
}

async function readHead(path: string): Promise<Buffer> {
  try {
    await using file = await open(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return buffer.subarray(0, bytesRead);
  } catch (cause) {
    throw new ImportRefusal(`${path} cannot be read. Check who may open it.`, { cause });
  }
}

function bom(head: Buffer): string | undefined {
  if (head.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** Text in two bytes a letter has a zero in every other place. */
function wideWithoutBom(head: Buffer): string | undefined {
  const zeros = [0, 0];
  for (const [place, byte] of head.entries()) if (byte === 0) zeros[place % 2] = (zeros[place % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > head.length / 4 && even < odd / 10) return 'utf-16le';
  return even > head.length / 4 && odd < even / 10 ? 'utf-16be' : undefined;
}

/** Windows-1252 unless the letters speak clearly for another. */
function guess(sample: Buffer): string {
  const best = chardet.analyse(sample)[0];
  if (!best || best.confidence < 30 || /^(ISO-8859-1|UTF-|ASCII)/.test(best.name)) return 'windows-1252';
  return iconv.encodingExists(best.name) ? best.name : 'windows-1252';
}
