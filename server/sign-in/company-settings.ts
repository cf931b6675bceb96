import * as v from 'valibot';
import { WebAddress } from '../../utils/contract/base.ts';
import { normalDomain } from '../../utils/contract/match-key.ts';

const domains = v.pipe(
  v.string(),
  v.check((text) => text.split(',').every((domain) => normalDomain(domain) !== undefined)),
);
/** Microsoft's addresses for everybody's accounts: an address there may be anybody's. */
const EVERYBODY = /^https:\/\/login\.microsoftonline\.com\/(common|organizations|consumers)\b/;
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/;

/** Nobody reads on the way: https, or http that does not leave this computer; and no password stands in it. */
export function isSafe(address: string): boolean {
  const url = URL.parse(address);
  if (!url) return false;
  const { protocol, hostname, username, password } = url;
  const encrypted = protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
  return encrypted && username === '' && password === '';
}

/** Variables of the company's sign-in, beside those of `server/settings.ts`. */
export const CompanyVariables = {
  TRUCE_OIDC_ISSUER: v.optional(
    v.pipe(
      WebAddress,
      v.check((url) => !EVERYBODY.test(url) && isSafe(url)),
      v.regex(/^[^?#]+$/),
    ),
  ),
  TRUCE_OIDC_CLIENT_ID: v.optional(v.string()),
  TRUCE_OIDC_CLIENT_SECRET: v.optional(v.string()),
  TRUCE_OIDC_DOMAINS: v.optional(domains),
  TRUCE_OIDC_TRUST_EMAIL: v.optional(v.picklist(['0', '1']), '0'),
};

/** What to say when a variable is wrong. */
export const COMPANY_RULES: Record<keyof typeof CompanyVariables, string> = {
  TRUCE_OIDC_ISSUER:
    'TRUCE_OIDC_ISSUER must be the address of your company’s sign-in, with https: https://accounts.google.com, ' +
    'https://login.microsoftonline.com/<tenant id>/v2.0, https://<company>.okta.com.',
  TRUCE_OIDC_CLIENT_ID: 'TRUCE_OIDC_CLIENT_ID must be the client’s id at your company’s sign-in.',
  TRUCE_OIDC_CLIENT_SECRET: 'TRUCE_OIDC_CLIENT_SECRET must be the client’s secret at your company’s sign-in.',
  TRUCE_OIDC_DOMAINS:
    'TRUCE_OIDC_DOMAINS must be the domains of your company’s addresses, like acme.com,acme.de.',
  TRUCE_OIDC_TRUST_EMAIL:
    'TRUCE_OIDC_TRUST_EMAIL must be 0, or 1 if nobody but your company’s administrators can change addresses there.',
};

export interface CompanySettings {
  issuer: string;
  clientId: string;
  /** None: the client is a public one. */
  clientSecret: string | undefined;
  /** Normal form; others are not let in. None: any. */
  domains: string[];
  /** The issuer does not say that addresses are confirmed, but they are. */
  trustEmail: boolean;
}

type Read = v.InferOutput<v.ObjectSchema<typeof CompanyVariables, undefined>>;

/** @throws with a sentence for people when a part is missing */
export function companySettings(read: Read): CompanySettings | undefined {
  const { TRUCE_OIDC_ISSUER: issuer, TRUCE_OIDC_CLIENT_ID: clientId } = read;
  if (issuer === undefined && clientId === undefined) {
    const more = (['TRUCE_OIDC_CLIENT_SECRET', 'TRUCE_OIDC_DOMAINS'] as const).filter((name) => read[name]);
    if (read.TRUCE_OIDC_TRUST_EMAIL === '0' && more.length === 0) return undefined;
  }
  if (issuer === undefined || clientId === undefined) {
    throw new Error(
      'TRUCE_OIDC_ISSUER and TRUCE_OIDC_CLIENT_ID must be set together, and the others of TRUCE_OIDC_… with them only.',
    );
  }
  return {
    issuer,
    clientId,
    clientSecret: read.TRUCE_OIDC_CLIENT_SECRET,
    domains: (read.TRUCE_OIDC_DOMAINS ?? '').split(',').flatMap((domain) => normalDomain(domain) ?? []),
    trustEmail: read.TRUCE_OIDC_TRUST_EMAIL === '1',
  };
}
