import type { Context } from 'hono';
import type { Bearer } from '../accounts/access-token.ts';
import type { Deps, Env } from '../routes/types.ts';
import { type AuditEntry, writeAudit } from '../store/audit.ts';
import { inWorkspace } from '../store/database.ts';
import { type Invited, type JoinProblem, readInvited, redeemInvite } from '../store/join.ts';
import { REALM } from '../store/realm.ts';
import { readTold } from './guest.ts';
import { invitationRef } from './invitation.ts';
import type { Key } from './texts.ts';
import type { ConnectView } from './views.ts';
import type { Visit } from './visit.ts';

/** What cannot be mended on the page: its title and text. */
export interface Failure {
  title: Key;
  text: Key;
  email?: string | undefined;
  /** Where to try again. */
  retry?: string | undefined;
}

const FAILURES: Record<JoinProblem, Failure> = {
  gone: { title: 'unknownTitle', text: 'unknown' },
  used: { title: 'usedTitle', text: 'used' },
  expired: { title: 'expiredTitle', text: 'expired' },
  withdrawn: { title: 'withdrawnTitle', text: 'withdrawn' },
  taken: { title: 'takenTitle', text: 'taken' },
};

type View = Omit<ConnectView, 'action'>;
export type Outcome = { bearer: Bearer } | { failure: Failure } | { view: View };

/** The page that an invitation opens. */
export async function viewInvitation(
  { db, clock }: Deps,
  visit: Visit,
): Promise<{ view: View } | { failure: Failure }> {
  const ref = invitationRef(visit.invitation ?? '');
  if (!ref) return { failure: FAILURES.gone };
  const { workspaceId, hash } = ref;
  const invited = await inWorkspace(db, workspaceId, (trx) => readInvited(trx, workspaceId, hash, clock()));
  if (typeof invited === 'string') return { failure: FAILURES[invited] };
  return { view: viewOf(invited, workspaceId, visit) };
}

/** Uses the invitation up and pairs this browser. */
export async function redeemInvitation(deps: Deps, visit: Visit, c: Context<Env>): Promise<Outcome> {
  const { db, clock } = deps;
  const ref = invitationRef(visit.invitation ?? '');
  const shown = await viewInvitation(deps, visit);
  if (!ref) return shown;
  const { workspaceId, hash } = ref;
  const ask = 'view' in shown ? shown.view.ask : {};
  const { name, email, wrong } = readTold(await c.req.formData(), ask);
  if (wrong.length > 0 && 'view' in shown) return { view: { ...shown.view, name, email, wrong } };
  const { grantId, browserName } = visit;
  const paired = await inWorkspace(db, workspaceId, (trx) =>
    redeemInvite(trx, workspaceId, hash, { grantId, browserName, name, email, now: clock() }),
  );
  if (typeof paired !== 'string') return { bearer: { workspaceId, ...paired } };
  // Anybody can make up an invitation to any workspace; that is no line in its trail.
  await refused(deps, paired === 'gone' ? REALM : workspaceId, {
    detail: { way: 'invitation', reason: paired },
  });
  return { failure: FAILURES[paired] };
}

/** Writes down that somebody was not let in; a workspace that is not there keeps no trail. */
export async function refused({ db }: Deps, workspaceId: string, entry: AuditEntry): Promise<void> {
  await inWorkspace(db, workspaceId, (trx) => writeAudit(trx, workspaceId, 'sign-in.refused', entry));
}

function viewOf(
  { workspace, name, email, known }: Invited,
  workspaceId: string,
  { browserName }: Visit,
): View {
  return {
    choices: [{ workspaceId, workspace, joins: false }],
    name,
    email,
    browserName,
    ask: known ? {} : { name: true, email: email === undefined },
  };
}
