import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type Provider from 'oidc-provider';
import { errors } from 'oidc-provider';
import { audienceOf, type Bearer } from '../accounts/access-token.ts';
import type { Deps, Env } from '../routes/types.ts';
import type { Database } from '../store/database.ts';
import { findOidc, hashId, putOidc } from '../store/oidc.ts';
import { accountIdOf } from './account-id.ts';
import { browserNameOf } from './browser-name.ts';
import { CLIENT_ID } from './extensions.ts';

/** Who somebody is by the company's sign-in. */
export interface Person {
  /** `issuer subject`. */
  subject: string;
  /** Normal form, confirmed. */
  email: string;
  name?: string | undefined;
}

/** What is known of a sign-in that is under way, apart from what the extension asked for. */
export interface VisitState {
  /** As `readInvitation` gives it, when it was pasted into the page. */
  invitation?: string | undefined;
  person?: Person | undefined;
  /** What the company's sign-in has to bring back. */
  company?: { state: string; nonce: string; verifier: string } | undefined;
  /** The device code that was typed, as Truce shows it. */
  code?: string | undefined;
}

/** A sign-in that is under way in this browser: its cookie says so. */
export interface Visit {
  uid: string;
  /** Of its page. */
  path: string;
  /** As `readInvitation` gives it. */
  invitation: string | undefined;
  browserName: string;
  /** The browser that is connected is another one than this, and says itself what it is called. */
  isDevice: boolean;
  state: VisitState;
  /** The same for every try, so that a button pressed twice connects once. */
  grantId: string;
  /** Where it goes on once the person has said yes; undefined until then. */
  done: string | undefined;
  /** Origins that the way back leads to. */
  formTargets: string[];
}

const KIND = 'SignIn';

/** Where the page of a sign-in is, as browsers see it. */
export const visitPath = (url: string, uid: string): string =>
  `${new URL(url).pathname.replace(/\/$/, '')}/sign-in/${uid}`;

/** @returns undefined when there is no such sign-in, it has expired, or it is another browser's */
export async function readVisit(
  c: Context<Env>,
  { db, accounts }: Pick<Deps, 'db' | 'accounts'>,
  provider: Provider,
): Promise<Visit | undefined> {
  const { incoming, outgoing } = c.env ?? {};
  if (!incoming || !outgoing) return undefined;
  const interaction = await provider.interactionDetails(incoming, outgoing).catch((error: unknown) => {
    if (error instanceof errors.SessionNotFound) return undefined;
    throw error;
  });
  if (!interaction || interaction.uid !== c.req.param('uid')) return undefined;
  const { uid, params, result, returnTo } = interaction;
  const stored = await findOidc(db, KIND, { id: hashId(uid) });
  const state: VisitState = stored?.payload ?? {};
  const asked = typeof params.invitation === 'string' ? params.invitation : undefined;
  const redirect = typeof params.redirect_uri === 'string' ? new URL(params.redirect_uri).origin : undefined;
  const device = interaction.deviceCode !== undefined;
  return {
    uid,
    path: visitPath(accounts.url, uid),
    invitation: state.invitation ?? asked,
    // A code is typed on another device than the one that asked for it.
    browserName: browserNameOf(params.browser_name, device ? undefined : c.req.header('user-agent')),
    isDevice: device,
    state,
    grantId: createHash('sha256').update(`grant ${uid}`).digest('base64url'),
    done: result?.login ? returnTo : undefined,
    formTargets: redirect === undefined ? [] : [redirect],
  };
}

/** Seconds for which it is kept: as long as the provider keeps its part. */
const KEPT = 3600;

/** Takes the place of what was known, but for the device code. */
export const writeVisitState = (db: Database, visit: Pick<Visit, 'uid' | 'state'>, state: VisitState) =>
  putOidc(db, KIND, {
    id: hashId(visit.uid),
    payload: { code: visit.state.code, ...state },
    expiresIn: KEPT,
  });

/** Grants the extension what it asked for. @returns where the browser goes on */
export async function finishVisit(
  c: Context<Env>,
  provider: Provider,
  { visit, url, bearer }: { visit: Visit; url: string; bearer: Bearer },
): Promise<string> {
  const { incoming, outgoing } = c.env;
  if (!incoming || !outgoing) throw new Error('[visit] there is no socket');
  const accountId = accountIdOf(bearer);
  const grant = new provider.Grant({ accountId, clientId: CLIENT_ID });
  Object.assign(grant, { jti: visit.grantId });
  grant.addOIDCScope('offline_access');
  grant.addResourceScope(audienceOf(url), 'offline_access');
  await grant.save();
  const result = { login: { accountId, remember: false }, consent: { grantId: visit.grantId } };
  return provider.interactionResult(incoming, outgoing, result, { mergeWithLastSubmission: false });
}
