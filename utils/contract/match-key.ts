/**
 * Match keys: the normal forms under which a page's people and the team's contacts meet.
 * `email:ann@acme.com`, `linkedin:in/ann-lee`, `x:annlee`, `domain:acme.com`, and by `name-key.ts`
 * `name:ann lee|acme.com`, `name:ann lee|acme logistics`.
 * A key's tag is the first 48 bits of its HMAC-SHA-256 under the workspace's key.
 */

const LOCAL = /^[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+)*$/u;

/** Plain ASCII local parts need neither normalising nor the slow test. */
const PLAIN_LOCAL = /^[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*$/;
/** Plain ASCII host names, by far the most, need no URL parser. */
const PLAIN = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,63}$/;

/** Domain in lower-case punycode, or undefined when it is no host name with a dot. */
export function normalDomain(domain: string): string | undefined {
  const trimmed = domain.trim().replace(/\.$/, '');
  if (trimmed.length > 253 || /[\s/@:?#\\%]/.test(trimmed) || !trimmed.includes('.')) return undefined;
  const lower = trimmed.toLowerCase();
  if (PLAIN.test(lower) && !lower.includes('xn--')) {
    return lower.length > 63 && /[^.]{64}/.test(lower) ? undefined : lower;
  }
  const host = URL.parse(`http://${trimmed}/`)?.hostname;
  if (host === undefined || /^[\d.]+$/.test(host) || host.startsWith('[')) return undefined;
  const labels = host.split('.');
  const fits = host.length < 254 && labels.every((label) => /^(?!-)[a-z0-9-]{1,63}(?<!-)$/.test(label));
  return fits && /[a-z]/.test(labels.at(-1) ?? '') ? host : undefined;
}

/** `Ann@ACME.com` → `ann@acme.com`; undefined when it is no address. Quoted local parts are not supported. */
export function normalAddress(address: string): string | undefined {
  const trimmed = address.trim();
  const at = trimmed.lastIndexOf('@');
  if (at < 1 || at > 64 || trimmed.length > 254) return undefined;
  const domain = normalDomain(trimmed.slice(at + 1));
  if (domain === undefined) return undefined;
  const lower = trimmed.slice(0, at).toLowerCase();
  if (PLAIN_LOCAL.test(lower)) return `${lower}@${domain}`;
  const local = trimmed.slice(0, at).normalize('NFC').toLowerCase();
  return LOCAL.test(local) ? `${local}@${domain}` : undefined;
}

/** Case, accents, punctuation and runs of space folded away: `Zoë  François` → `zoe francois`. */
export function normalName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

export function emailKey(address: string): string | undefined {
  const normal = normalAddress(address);
  return normal && `email:${normal}`;
}

const LINKEDIN =
  /^(?:(?:https?:)?\/\/(?:[a-z]+\.){0,2}linkedin\.com)?\/?(?:in|sales\/(?:lead|people))\/([^/?#,\s]+)/i;

/**
 * Accepts a profile's address in the forms LinkedIn writes, or the bare `in/slug`; `profile-key.ts` more of them.
 * Sales Navigator names the member by an id, which `/in/` takes as well; of ids the case counts.
 */
export function linkedinKey(profile: string): string | undefined {
  const raw = LINKEDIN.exec(profile.trim())?.[1];
  if (raw === undefined || raw.length > 1000) return undefined;
  try {
    const slug = decodeURIComponent(raw).replace(/,.*/s, '').normalize('NFC');
    if (!/^[^\s/?#%]+$/.test(slug)) return undefined;
    return `linkedin:in/${/^AC[a-z]A[\w-]{30}/.test(slug) ? slug : slug.toLowerCase().normalize('NFC')}`;
  } catch {
    return undefined;
  }
}

const X =
  /^(?:(?:https?:)?\/\/(?:www\.|mobile\.)?(?:x|twitter)\.com\/|@)(\w{1,15})(?:\/(?:with_replies|media|likes|highlights|articles|followers|following)?)?\/?(?:[?#].*)?$/i;
/** The site's own pages. */
const X_OWN =
  /^(?:home|explore|notifications|messages|i|settings|search|compose|login|signup|intent|share|hashtag|tos|privacy|about|jobs|download)$/i;

/** Accepts `https://x.com/annlee` and the parts of a profile, or `@annlee`; a post is none. */
export function xKey(profile: string): string | undefined {
  const name = X.exec(profile.trim())?.[1];
  return name === undefined || X_OWN.test(name) ? undefined : `x:${name.toLowerCase()}`;
}

export function domainKey(domain: string): string | undefined {
  const normal = normalDomain(domain);
  return normal && `domain:${normal}`;
}

/** A domain (normal form) and those above it, the nearest first; four at most. */
export function domainsUp(domain: string): string[] {
  const labels = domain.split('.');
  const all = labels.slice(1).map((_, at) => labels.slice(at).join('.'));
  return all.length > 4 ? [domain, ...all.slice(-3)] : all;
}

/** Imports the workspace's key (32 bytes, base64) for `tagOf`. */
export function importTagKey(base64: string): Promise<CryptoKey> {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}

const encoder = new TextEncoder();

/** The 48-bit tag of a match key, as a safe integer. */
export async function tagOf(tagKey: CryptoKey, matchKey: string): Promise<number> {
  const digest = await crypto.subtle.sign('HMAC', tagKey, encoder.encode(matchKey));
  const view = new DataView(digest);
  return view.getUint16(0) * 2 ** 32 + view.getUint32(2);
}
