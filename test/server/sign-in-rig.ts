import { createServer } from 'node:net';
import pino from 'pino';
import type { Settings } from '../../server/settings.ts';
import { type Running, startServer } from '../../server/start.ts';
import { inWorkspace } from '../../server/store/database.ts';
import { addInvite, type NewInvite } from '../../server/store/invite.ts';

import { DEFAULT_WALLS } from '../../server/walls/settings.ts';
import {
  type Browser,
  createBrowser,
  createExtension,
  type Extension,
  type ExtensionOptions,
  type Tokens,
} from './provider-client.ts';

export const SETTINGS: Settings = {
  port: 0,
  host: '127.0.0.1',
  url: undefined,
  folder: '/nowhere',
  databaseUrl: undefined,
  secretKeys: [Buffer.alloc(32, 1)],
  walls: { ...DEFAULT_WALLS, address: 1_000_000 },
  logLevel: 'silent',
};

/** The real server, listening, on a test's database. */
export const listen = (databaseUrl: string, more: Partial<Settings> = {}): Promise<Running> =>
  startServer({ ...SETTINGS, databaseUrl, ...more }, pino({ level: 'silent' }));

export const makeInvite = (server: Pick<Running, 'db'>, workspaceId: string, more: Partial<NewInvite> = {}) =>
  inWorkspace(server.db, workspaceId, (trx) =>
    addInvite(trx, workspaceId, { team: 'sales', role: 'member', now: new Date(), ...more }),
  );

export interface Connected {
  browser: Browser;
  extension: Extension;
  tokens: Tokens;
  /** Where the browser was handed back to the extension. */
  back: string;
}

/** From an invitation to tokens, as a person does it who writes this about themselves. */
export async function connect(
  server: Pick<Running, 'url'>,
  invitation: string,
  form: Record<string, string> = {},
  options: ExtensionOptions = {},
  exchange: { verifier?: string } = {},
): Promise<Connected> {
  const browser = createBrowser();
  const extension = await createExtension(server.url, options);
  const page = await browser.open(await extension.authorizeUrl({ invitation, browser_name: 'Test browser' }));
  const back = await browser.open(page.url, { form });
  if (back.status !== 0) throw new Error(`${back.status} at ${back.url}: ${back.text}`);
  return { browser, extension, back: back.url, tokens: await extension.exchange(back.url, exchange) };
}

export const readClaims = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

/** A port that is free at the moment. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address() as { port: number };
  await new Promise((done) => probe.close(done));
  return port;
}
