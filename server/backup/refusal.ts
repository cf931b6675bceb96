/** A sentence for people: why a backup or restore was not done, and what can be. */
export class BackupRefusal extends Error {}

const FULL: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file may not become that large',
};
const CLOSED: Record<string, string> = {
  ENOENT: 'its folder is not there',
  ENOTDIR: 'its folder is not there',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the file system is read-only',
};

/** What a failed write means, as a refusal; any other error as it is. */
export function whyNotWritten(file: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const full = FULL[code];
  if (full)
    return new BackupRefusal(`${file} was not written: ${full}. Nothing is left of it.`, { cause: error });
  const closed = CLOSED[code];
  if (closed) return new BackupRefusal(`${file} cannot be written: ${closed}.`, { cause: error });
  return error;
}
