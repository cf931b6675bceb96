import { resolve } from 'node:path';
import * as v from 'valibot';
import { WebAddress } from '../utils/contract/base.ts';
import {
  COMPANY_RULES,
  type CompanySettings,
  CompanyVariables,
  companySettings,
  isSafe,
} from './sign-in/company-settings.ts';
import { WALL_RULES, type WallSettings, WallVariables, wallSettings } from './walls/settings.ts';

const secretKey = v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{43}=(,[A-Za-z0-9+/]{43}=)*$/));

const Settings = v.object({
  TRUCE_PORT: v.optional(
    v.pipe(v.string(), v.toNumber(), v.safeInteger(), v.minValue(0), v.maxValue(65535)),
    '8787',
  ),
  TRUCE_HOST: v.optional(v.pipe(v.string(), v.regex(/^[\w.:-]+$/)), '127.0.0.1'),
  TRUCE_URL: v.optional(v.pipe(WebAddress, v.regex(/^[^?#]+$/), v.check(isSafe))),
  TRUCE_DATA: v.optional(v.pipe(v.string(), v.minLength(1)), 'data'),
  TRUCE_RECIPES: v.optional(v.pipe(v.string(), v.minLength(1))),
  DATABASE_URL: v.optional(v.pipe(v.string(), v.trim(), v.url(), v.regex(/^postgres(ql)?:/i))),
  TRUCE_SECRET_KEY: v.optional(secretKey),
  ...CompanyVariables,
  ...WallVariables,
  TRUCE_LISTEN: v.optional(v.picklist(['on', 'off']), 'on'),
  TRUCE_LOG: v.optional(v.picklist(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']), 'info'),
});

/** Every variable there is, for the documents and what is deployed. */
export const settingNames: readonly string[] = Object.keys(Settings.entries);

const RULES: Record<string, string> = {
  TRUCE_PORT: 'TRUCE_PORT must be a port number from 0 to 65535 (0: any free one).',
  TRUCE_HOST: 'TRUCE_HOST must be an address to listen at: 127.0.0.1, or 0.0.0.0 behind a proxy.',
  TRUCE_URL:
    'TRUCE_URL must be the address that browsers reach the server at, like https://truce.acme.com: with https ' +
    'anywhere but on this computer, and without user and password.',
  TRUCE_DATA: 'TRUCE_DATA must be a folder.',
  TRUCE_RECIPES: 'TRUCE_RECIPES must be a folder.',
  DATABASE_URL: 'DATABASE_URL must look like postgres://user:password@host:5432/database.',
  TRUCE_SECRET_KEY:
    'TRUCE_SECRET_KEY must be 32 random bytes in base64 (openssl rand -base64 32); to rotate: new,old.',
  ...COMPANY_RULES,
  ...WALL_RULES,
  TRUCE_LISTEN:
    'TRUCE_LISTEN must be on or off: whether the database is to tell of changes (LISTEN), or is asked every second.',
  TRUCE_LOG: 'TRUCE_LOG must be trace, debug, info, warn, error, fatal or silent.',
};

export interface Settings {
  port: number;
  /** Address to listen at. */
  host: string;
  /** Where browsers reach the server, without a slash at the end; undefined: where it listens. */
  url: string | undefined;
  /** Absolute. */
  folder: string;
  /** Where recipes lie that browsers are served, absolute; undefined: `recipes` in `folder`. */
  recipes?: string | undefined;
  databaseUrl: string | undefined;
  /** 32 bytes each, the first encrypts; none: a key in the data folder. */
  secretKeys: Buffer[];
  logLevel: string;
  /** The company's sign-in; undefined: invitations only. */
  company?: CompanySettings | undefined;
  /** Undefined: the defaults. */
  walls?: WallSettings;
  /** The database tells of changes; false: it is asked every second. Undefined: it does. */
  listen?: boolean;
}

/** Where browsers reach the server: what is set, or where it listens. */
export const urlOf = ({ url, host, port }: Pick<Settings, 'url' | 'host' | 'port'>): string =>
  url ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

/** Of scripts, tests and the compose file, which an environment may hold beside the server's own. */
const OTHERS = /^TRUCE_(BROWSER|BUILT|CHROMIUM|DOMAIN|FIREFOX|LONG|SHARED|TEST_\w+)$/;
const isKnown = (name: string): boolean => settingNames.includes(name) || OTHERS.test(name);

/** Reads the configuration from the environment. @throws with a sentence for each variable that is wrong */
export function readSettings(env: Record<string, string | undefined>): Settings {
  // `TRUCE_PORT= npm run server` means: not set.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = v.safeParse(Settings, given);
  if (!parsed.success) {
    const names = new Set(parsed.issues.map(({ path }) => String(path?.[0].key)));
    throw new Error([...names].map((name) => RULES[name] ?? `${name} cannot be read.`).join('\n'));
  }
  const unknown = Object.keys(given).filter((name) => name.startsWith('TRUCE_') && !isKnown(name));
  if (unknown.length > 0)
    throw new Error(`There is no setting ${unknown.join(', ')}. docs/server.md lists those that there are.`);
  const read = parsed.output;
  if (read.TRUCE_URL === undefined && !isSafe(urlOf({ url: undefined, host: read.TRUCE_HOST, port: 1 })))
    throw new Error(
      `${RULES.TRUCE_URL} It must be set where TRUCE_HOST is not this computer's own 127.0.0.1.`,
    );
  return {
    port: read.TRUCE_PORT,
    host: read.TRUCE_HOST,
    url: read.TRUCE_URL?.replace(/\/+$/, ''),
    folder: resolve(read.TRUCE_DATA),
    recipes: read.TRUCE_RECIPES && resolve(read.TRUCE_RECIPES),
    databaseUrl: read.DATABASE_URL,
    secretKeys: (read.TRUCE_SECRET_KEY ?? '')
      .split(',')
      .filter(Boolean)
      .map((key) => Buffer.from(key, 'base64')),
    logLevel: read.TRUCE_LOG,
    company: companySettings(read),
    walls: wallSettings(read),
    listen: read.TRUCE_LISTEN === 'on',
  };
}
