import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import * as v from 'valibot';
import { BackupRefusal } from './refusal.ts';

/**
 * A backup file: a head of fixed size, then the rows, gzipped. The head is written last, so that half a file
 * is none. Its lines: a mark, the SHA-256 of all that follows in the head, the header as JSON, and blanks.
 */
export const HEAD_BYTES = 64 * 1024;
export const FORMAT = 1;
const MARK = 'TRUCE BACKUP\n';
const DIGEST = 64;

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const Header = v.object({
  format: v.literal(FORMAT),
  /** ISO 8601; the moment that all rows are of. */
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  /** Version of the server that the rows come from: `18.4`. */
  postgres: v.string(),
  /** Names of the migrations that the rows stand at, in order. */
  migrations: v.pipe(v.array(v.string()), v.minLength(1)),
  tables: v.array(v.object({ name: v.string(), rows: Count })),
  /** Length and SHA-256 of what follows the head. */
  bytes: Count,
  sha256: v.string(),
});
export type Header = v.InferOutput<typeof Header>;

const sha256 = (text: string): string => createHash('sha256').update(text, 'latin1').digest('hex');

export async function writeHead(file: FileHandle, header: Header): Promise<void> {
  const room = HEAD_BYTES - MARK.length - DIGEST - 1;
  const json = Buffer.from(`${JSON.stringify(header)}\n`);
  if (json.length > room) throw new Error('[backup] the header has grown out of its place');
  const rest = Buffer.concat([json, Buffer.alloc(room - json.length, '\n')]).toString('latin1');
  await file.write(Buffer.from(`${MARK}${sha256(rest)}\n${rest}`, 'latin1'), 0, HEAD_BYTES, 0);
}

/** Reads the header and checks the whole file against it. @throws BackupRefusal: no backup, cut short, damaged, newer */
export async function readBackup(path: string): Promise<Header> {
  const file = await open(path, 'r').catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'ENOENT' ? 'there is no such file' : 'it is not open to this user';
    throw new BackupRefusal(`${path} cannot be read: ${why}.`, { cause });
  });
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0);
    const header = parseHead(path, head.subarray(0, bytesRead));
    const { size } = await file.stat();
    const expected = HEAD_BYTES + header.bytes;
    if (size < expected) throw cutShort(path, expected - size);
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path, { start: HEAD_BYTES })) hash.update(chunk);
    if (hash.digest('hex') !== header.sha256) throw damaged(path);
    return header;
  } finally {
    await file.close();
  }
}

function parseHead(path: string, bytes: Buffer): Header {
  const head = bytes.toString('latin1');
  if (!head.startsWith(MARK)) throw new BackupRefusal(`${path} is not a backup of Truce.`);
  if (head.length < HEAD_BYTES) throw cutShort(path, HEAD_BYTES - head.length);
  const digest = head.slice(MARK.length, MARK.length + DIGEST);
  const rest = head.slice(MARK.length + DIGEST + 1);
  if (sha256(rest) !== digest) throw damaged(path);
  const json: unknown = JSON.parse(Buffer.from(rest, 'latin1').toString());
  if (json && typeof json === 'object' && 'format' in json && Number(json.format) > FORMAT) {
    throw new BackupRefusal(`${path} was made by a newer Truce. Update this server, then restore.`);
  }
  return v.parse(Header, json);
}

const cutShort = (path: string, bytes: number) =>
  new BackupRefusal(`${path} is cut short: at least ${bytes} bytes are missing. Take another copy of it.`);
const damaged = (path: string) =>
  new BackupRefusal(`${path} is damaged: it is not what was written. Take another copy of it.`);
