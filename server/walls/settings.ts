import * as v from 'valibot';
import { isTrusted } from './address.ts';

/** The id that the key in `wxt.config.ts` pins. */
const PINNED_ID = 'agioebjiifimchggbdaofkjbeienkojl';

const limit = (value: number) =>
  v.optional(
    v.pipe(v.string(), v.toNumber(), v.safeInteger(), v.minValue(1), v.maxValue(1_000_000)),
    String(value),
  );

/** Variables of the server's walls, beside those of `server/settings.ts`. */
export const WallVariables = {
  TRUCE_TRUSTED_PROXIES: v.optional(v.pipe(v.string(), v.check(isTrusted)), ''),
  TRUCE_EXTENSION_IDS: v.optional(v.pipe(v.string(), v.regex(/^[a-p]{32}(\s*,\s*[a-p]{32})*$/)), PINNED_ID),
  TRUCE_LIMIT_PERSON: limit(300),
  TRUCE_LIMIT_WORKSPACE: limit(5000),
  TRUCE_LIMIT_ADDRESS: limit(600),
  TRUCE_LIMIT_CONNECTIONS: limit(10_000),
  TRUCE_LIMIT_STREAMS: limit(8000),
  TRUCE_LIMIT_WORKSPACE_STREAMS: limit(6000),
};

const count = (name: string, what: string) => `${name} must be a whole number from 1 to 1000000: ${what}.`;

/** What to say when a variable is wrong. */
export const WALL_RULES: Record<keyof typeof WallVariables, string> = {
  TRUCE_TRUSTED_PROXIES:
    'TRUCE_TRUSTED_PROXIES must be the number of proxies before the server (1 to 9), or their addresses, ' +
    'comma-separated, like 10.0.0.0/8,fd00::/8.',
  TRUCE_EXTENSION_IDS:
    'TRUCE_EXTENSION_IDS must be the ids of the extension in Chromium browsers, comma-separated: 32 letters ' +
    'from a to p each, as chrome://extensions shows them. There is no wildcard.',
  TRUCE_LIMIT_PERSON: count('TRUCE_LIMIT_PERSON', 'requests of one person in ten seconds'),
  TRUCE_LIMIT_WORKSPACE: count('TRUCE_LIMIT_WORKSPACE', 'requests of one workspace in ten seconds'),
  TRUCE_LIMIT_ADDRESS: count('TRUCE_LIMIT_ADDRESS', 'requests to sign in from one address in a minute'),
  TRUCE_LIMIT_CONNECTIONS: count('TRUCE_LIMIT_CONNECTIONS', 'connections at a time'),
  TRUCE_LIMIT_STREAMS: count('TRUCE_LIMIT_STREAMS', 'live connections at a time'),
  TRUCE_LIMIT_WORKSPACE_STREAMS: count(
    'TRUCE_LIMIT_WORKSPACE_STREAMS',
    'live connections of one workspace at a time',
  ),
};

export interface WallSettings {
  /** As in TRUCE_TRUSTED_PROXIES; empty: forwarded addresses are not believed. */
  trustedProxies: string;
  /** Of Chromium builds. */
  extensionIds: string[];
  /** Requests of one person in 10 s. */
  person: number;
  /** Requests of one workspace in 10 s. */
  workspace: number;
  /** Requests to sign in from one address in 60 s. */
  address: number;
  connections: number;
  /** Streams of the live feed at a time. */
  streams: number;
  /** Those of one workspace. */
  workspaceStreams: number;
}

type Read = { [K in keyof typeof WallVariables]: v.InferOutput<(typeof WallVariables)[K]> };

export const wallSettings = (read: Read): WallSettings => ({
  trustedProxies: read.TRUCE_TRUSTED_PROXIES,
  extensionIds: read.TRUCE_EXTENSION_IDS.split(',').map((id) => id.trim()),
  person: read.TRUCE_LIMIT_PERSON,
  workspace: read.TRUCE_LIMIT_WORKSPACE,
  address: read.TRUCE_LIMIT_ADDRESS,
  connections: read.TRUCE_LIMIT_CONNECTIONS,
  streams: read.TRUCE_LIMIT_STREAMS,
  workspaceStreams: read.TRUCE_LIMIT_WORKSPACE_STREAMS,
});

/** What holds when nothing is set. */
export const DEFAULT_WALLS: WallSettings = wallSettings(v.parse(v.object(WallVariables), {}));
