import { linkedinKey, xKey } from './match-key.ts';
import { isOwnPage } from './own-pages.ts';

/** Networks on which one part of the path names a member, with what stands before it. */
const NETWORKS: Record<string, string> = {
  'github.com': '',
  'instagram.com': '',
  'facebook.com': '',
  'xing.com': 'profile/',
  'bsky.app': 'profile/',
  'reddit.com': 'user/',
  'stackoverflow.com': 'users/',
};
/** Pages of a profile: behind another word stands what somebody wrote, or a package (`/@std/path`). */
const PAGES =
  'about|channels|clips|collections|community|courses|favou?rites|featured|followers|following|likes|lists|live|media|membership|notes|playlists|podcasts|posts|reactions|releases|replies|reposts|search|shop|shorts|store|streams|tagged|videos|with_replies';
const AT_NAME = new RegExp(`^/@([^/@\\s]+)(?:@([\\w.-]+))?(?:/(?:${PAGES})?)?/?$`);
const BARE = /^([^/]+)\/?$/;
const BELOW = /^([^/]+)(?:\/|$)/;

/**
 * The profile that a web address names, on whichever network: `linkedin:in/ann-lee`, `x:annlee`, `github:annlee`, and
 * of others `profile:xing.com/profile/ann_lee`. On any host `/@ann` is one (Mastodon, Threads, YouTube, TikTok,
 * Medium), and `/@ann@other.example` stands for that on the other host. Pages of the networks' own (`/pricing`) are
 * none.
 */
export const profileKey = (link: string): string | undefined => pageProfile(link)?.key;

export interface PageProfile {
  key: string;
  /** It is another host's, who alone could vouch for it: any site may have a page `/@ann@other.example`. */
  claimed?: true;
}

/** The profile that a page at this address shows; see `profileKey`. */
export function pageProfile(link: string): PageProfile | undefined {
  const known = linkedinKey(link) ?? xKey(link);
  if (known !== undefined) return { key: known };
  const url = link.length < 1000 ? URL.parse(link) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  const host = url.hostname
    .replace(/^(?:www|m|mobile|[a-z]{2}-[a-z]{2})\./, '')
    .replace(/^threads\.net$/, 'threads.com');
  try {
    const path = decodeURIComponent(url.pathname).normalize('NFC').toLowerCase();
    const [, name, home = host] = AT_NAME.exec(path) ?? [];
    if (name !== undefined) {
      return { key: `profile:${home}/@${name}`, ...(home !== host && { claimed: true }) };
    }
    const key = member(host, path.slice(1), url.searchParams.get('id'));
    return key === undefined || isOwnPage(key) ? undefined : { key };
  } catch {
    return undefined;
  }
}

function member(host: string, path: string, id: string | null): string | undefined {
  const before = NETWORKS[host];
  if (before === undefined || !path.startsWith(before)) return undefined;
  let slug = (before === '' ? BARE : BELOW).exec(path.slice(before.length))?.[1];
  if (host === 'facebook.com') {
    // Dots say nothing; those without a name have a number.
    slug =
      /^people\/[^/]+\/(\d+)/.exec(path)?.[1] ?? (slug === 'profile.php' ? id : slug)?.replaceAll('.', '');
  }
  if (slug === undefined || !/^[\w.:-]{1,100}$/.test(slug)) return undefined;
  if (host !== 'github.com') return `profile:${host}/${before}${slug}`;
  return /^[a-z\d][a-z\d-]{0,38}$/.test(slug) ? `github:${slug}` : undefined;
}
