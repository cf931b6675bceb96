import { resolve } from 'node:path';
import * as z from 'zod/mini';

const Settings = z.object({
  TRUCE_PORT: z._default(z.coerce.number().check(z.int(), z.gte(0), z.lte(65535)), 8787),
  TRUCE_DATA: z._default(z.string().check(z.minLength(1)), 'data'),
  DATABASE_URL: z.optional(z.url({ protocol: /^postgres(ql)?$/ })),
  TRUCE_LOG: z._default(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']), 'info'),
});

const RULES: Record<string, string> = {
  TRUCE_PORT: 'TRUCE_PORT must be a port number from 0 to 65535 (0: any free one).',
  TRUCE_DATA: 'TRUCE_DATA must be a folder.',
  DATABASE_URL: 'DATABASE_URL must look like postgres://user:password@host:5432/database.',
  TRUCE_LOG: 'TRUCE_LOG must be trace, debug, info, warn, error, fatal or silent.',
};

export interface Settings {
  port: number;
  /** Absolute. */
  folder: string;
  databaseUrl: string | undefined;
  logLevel: string;
}

/** Reads the configuration from the environment. @throws with a sentence for each variable that is wrong */
export function readSettings(env: Record<string, string | undefined>): Settings {
  // `TRUCE_PORT= npm run server` means: not set.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = z.safeParse(Settings, given);
  if (!parsed.success) {
    const names = new Set(parsed.error.issues.map((issue) => String(issue.path[0])));
    throw new Error([...names].map((name) => RULES[name] ?? `${name} cannot be read.`).join('\n'));
  }
  const { TRUCE_PORT, TRUCE_DATA, DATABASE_URL, TRUCE_LOG } = parsed.data;
  return { port: TRUCE_PORT, folder: resolve(TRUCE_DATA), databaseUrl: DATABASE_URL, logLevel: TRUCE_LOG };
}
