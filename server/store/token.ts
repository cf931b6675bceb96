import { createHash, randomBytes } from 'node:crypto';

const PREFIX = 'truce_';

/** A secret that carries its workspace's id in front, so that it is looked up inside that workspace only. */
export function newToken(workspaceId: string): string {
  const workspace = Buffer.from(workspaceId.replaceAll('-', ''), 'hex');
  return PREFIX + Buffer.concat([workspace, randomBytes(32)]).toString('base64url');
}

export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** The workspace a token is for; undefined when it has not a token's form. */
export function workspaceOfToken(token: string): string | undefined {
  const hex = /^truce_[\w-]{64}$/.test(token)
    ? Buffer.from(token.slice(PREFIX.length), 'base64url').toString('hex', 0, 16)
    : undefined;
  return hex?.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
