import type { Bearer } from '../accounts/access-token.ts';

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const FORM = new RegExp(`^(${UUID})\\.(${UUID})\\.(${UUID})$`);

/** What the OpenID provider knows a paired browser by: `<workspace>.<member>.<browser>`. */
export const accountIdOf = ({ workspaceId, memberId, browserId }: Bearer): string =>
  `${workspaceId}.${memberId}.${browserId}`;

export function readAccountId(accountId: string | undefined): Bearer | undefined {
  const [, workspaceId, memberId, browserId] = FORM.exec(accountId ?? '') ?? [];
  if (workspaceId === undefined || memberId === undefined || browserId === undefined) return undefined;
  return { workspaceId, memberId, browserId };
}
